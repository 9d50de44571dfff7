import { type Line, quoted } from '../core/message.ts';
import type { SourceConfig } from '../core/source-ports.ts';
import { textOf } from './arguments.ts';
import { pageOf, pageOption } from './pages.ts';
import { answer } from './replies.ts';
import type { Definition, Services } from './services.ts';
import {
  added,
  exported,
  imported,
  mayChange,
  nextWords,
  removed,
  timeWords,
  tried,
  truncatedNote,
} from './source-changes.ts';

const onPage = 10;

/** `/sources`: what is watched and how each feels; managers pause and resume. */
export const sources: Definition = {
  name: 'sources',
  summary: 'The feeds that are watched, and their health',
  access: 'anyone',
  slow: true,
  options: [
    { name: 'add', summary: 'address of a feed or of a page that has one', type: 'text' },
    { name: 'import', summary: 'address of an OPML list whose feeds to add', type: 'text' },
    { name: 'test', summary: 'id of a source to try now', type: 'text' },
    { name: 'remove', summary: 'id of an added source to remove', type: 'text' },
    { name: 'export', summary: 'all sources as OPML', type: 'flag' },
    { name: 'pause', summary: 'id of a source to pause', type: 'text' },
    { name: 'resume', summary: 'id of a source to resume', type: 'text' },
    pageOption,
  ],
  run: async (args, asker, services) => {
    const [add, list, test, remove, pause, resume] = ['add', 'import', 'test', 'remove', 'pause', 'resume'].map(
      (name) => textOf(args, name),
    );
    if (textOf(args, 'export') !== undefined) return exported(services);
    if (list !== undefined) return imported(list, asker, services);
    if (test !== undefined) return tried(test, asker, services);
    if (add !== undefined) return added(add, asker, services);
    if (remove !== undefined) return removed(remove, asker, services);
    const change = pause ?? resume;
    if (change !== undefined) {
      await mayChange(change, asker, services);
      await services.sources.setPaused(change, pause !== undefined);
    }
    const listed = (await services.sources.list()).map(({ config, state }) => ({
      config,
      health: services.sourceHealth(config, state),
    }));
    const active = listed.filter(({ config }) => config.enabled);
    const troubled = active.filter(({ health }) => health.error !== null);
    const ordered = [...troubled, ...active.filter(({ health }) => health.error === null)];
    const paging = { size: onPage, asked: textOf(args, 'page'), command: '/sources', opensAt: 'first' } as const;
    const { shown, words, actions, blocks } = pageOf(ordered, paging);
    const plain = `${active.length} sources are watched, ${listed.length - active.length} are disabled, ${troubled.length} need a look.${words}`;
    return answer(
      {
        title: 'Sources',
        plain,
        blocks: [
          { kind: 'text', lines: [[plain]] },
          { kind: 'list', items: shown.map(({ config, health }) => sourceLine(config, health)) },
          ...blocks,
        ],
        actions,
        tone: 'neutral',
      },
      {
        version: 1,
        sources: listed.map(({ config: { id, name, url, kind, language, enabled }, health }) => ({
          id,
          name,
          url,
          kind,
          language,
          enabled,
          ...health,
        })),
      },
    );
  },
};

function sourceLine(config: SourceConfig, health: ReturnType<Services['sourceHealth']>): Line {
  const { message = '' } = health.error ?? {};
  // The address stands there already.
  const wrong = message.startsWith(config.url) ? message.slice(config.url.length).replace(/^:? /, '') : message;
  const trouble = wrong === '' ? '' : ` ${wrong.charAt(0).toUpperCase()}${wrong.slice(1)}.`;
  const remedy = health.remedy === null ? '' : ` ${health.remedy}.`;
  const cut = health.truncated ? ` ${truncatedNote}` : '';
  return [
    quoted(config.name, config.url),
    quoted(` [${config.id}] `, null),
    `${health.state}, last read ${health.lastSuccess === null ? 'never' : timeWords(health.lastSuccess)}, next ${nextWords(health)}.${trouble}${remedy}${cut}`,
  ];
}
