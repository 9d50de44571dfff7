import { UserError } from '../core/errors.ts';
import type { Line } from '../core/message.ts';
import type { SourceConfig, SourceState } from '../core/ports.ts';
import { textOf } from './arguments.ts';
import { answer } from './replies.ts';
import type { Definition } from './services.ts';

/** `/sources`: what is watched and how each feels; managers pause and resume. */
export const sources: Definition = {
  name: 'sources',
  summary: 'The feeds that are watched, and their health',
  access: 'anyone',
  slow: false,
  options: [
    { name: 'pause', summary: 'id of a source to pause', type: 'text' },
    { name: 'resume', summary: 'id of a source to resume', type: 'text' },
  ],
  run: async (args, asker, services) => {
    const change = textOf(args, 'pause') ?? textOf(args, 'resume');
    if (change !== undefined) {
      if (!asker.operator) throw new UserError('Only this installation’s operators may pause or resume sources.');
      const known = (await services.sources.list()).some((source) => source.config.id === change);
      if (!known) throw new UserError(`There is no source “${change}”. /sources lists their ids.`);
      await services.sources.setPaused(change, textOf(args, 'pause') !== undefined);
    }
    const sources = await services.sources.list();
    const active = sources.filter((source) => source.config.enabled);
    const failing = active.filter((source) => source.state.error !== null);
    const plain = `${active.length} sources are watched, ${sources.length - active.length} are disabled, ${failing.length} could not be read last time.`;
    const ordered = [...failing, ...active.filter((source) => source.state.error === null)];
    return answer(
      {
        title: 'Sources',
        plain,
        blocks: [
          { kind: 'text', lines: [[plain]] },
          { kind: 'list', items: ordered.map((source) => sourceLine(source.config, source.state)) },
        ],
        tone: 'neutral',
      },
      {
        version: 1,
        sources: sources.map(({ config, state }) => ({
          id: config.id,
          name: config.name,
          url: config.url,
          kind: config.kind,
          language: config.language,
          enabled: config.enabled,
          ...healthOf(config, state),
        })),
      },
    );
  },
};

function healthOf(config: SourceConfig, state: SourceState) {
  const word = !config.enabled
    ? 'disabled'
    : state.paused
      ? 'paused'
      : state.error !== null
        ? 'failing'
        : state.lastSuccessAt === null
          ? 'new'
          : 'ok';
  return { state: word, lastSuccess: state.lastSuccessAt, nextPoll: state.nextPollAt, error: state.error };
}

function sourceLine(config: SourceConfig, state: SourceState): Line {
  const health = healthOf(config, state);
  const trouble = state.error === null ? '' : ` ${state.error.message}. ${state.error.hint}`;
  return [
    { text: config.name, url: config.url },
    ` [${config.id}] ${health.state}, last read ${state.lastSuccessAt ?? 'never'}.${trouble}`,
  ];
}
