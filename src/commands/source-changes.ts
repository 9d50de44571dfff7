import type { Asker } from '../core/command.ts';
import { SourceError, UserError } from '../core/errors.ts';
import type { Reply } from '../core/message.ts';
import type { SourceConfig } from '../core/source-ports.ts';
import { answer, sentence } from './replies.ts';
import type { Services } from './services.ts';

/** What of one answer is read: the limits of feeds/limits.ts in words. */
export const truncatedNote = 'truncated: only its first 15 MB, 5,000 items and 512 kB a field are read.';

/** A moment to the minute, as people read it: `2026-11-21 14:05 UTC`. */
export function timeWords(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/** When a source is polled next. What waits for its first poll, or was resumed, has no time yet. */
export function nextWords({ state, nextPoll }: { state: string; nextPoll: string | null }): string {
  if (nextPoll !== null) return timeWords(nextPoll);
  return state === 'disabled' || state === 'paused' ? 'not planned' : 'soon';
}

/** Enough for anybody who means well; a manager cannot make the poller a weapon. */
const mostAdded = 200;

/** Finds the feed at an address, stores it as a source, and shows its newest three items. */
export async function added(address: string, asker: Asker, services: Services): Promise<Reply> {
  requireManager(asker);
  const known = await services.sources.list();
  if (known.filter(({ config }) => config.added).length >= mostAdded)
    throw new UserError(`${mostAdded} sources were added already. Remove one first, or ask the operator.`);
  const { config, items, newest } = await services.sourceTools.find(address).catch(asUserError);
  if (!(await services.sources.add(config)))
    throw new UserError(`${config.url} is watched already. /sources lists it.`);
  const plain = `${config.name} is watched now as ${config.id}: ${items} items. What it holds today is known and not told.`;
  return answer(
    {
      title: 'Source added',
      plain,
      blocks: [
        { kind: 'text', lines: [[plain], [{ text: config.url, url: config.url }]] },
        {
          kind: 'list',
          items: newest.map((item) => [`${item.publishedAt?.slice(0, 10) ?? 'undated'}: ${item.title ?? 'untitled'}`]),
        },
      ],
      tone: 'neutral',
    },
    { version: 1, added: { id: config.id, name: config.name, url: config.url } },
  );
}

/** Adds the feeds of an OPML list that are not watched yet; what is wrong with one shows when it is polled. */
export async function imported(address: string, asker: Asker, services: Services): Promise<Reply> {
  requireManager(asker);
  const before = (await services.sources.list()).filter(({ config }) => config.added).length;
  const listed = await services.sourceTools.opmlAt(address).catch(asUserError);
  const ids: string[] = [];
  for (const config of listed)
    if (before + ids.length < mostAdded && (await services.sources.add(config))) ids.push(config.id);
  const plain = `${ids.length} of ${listed.length} feeds are watched now; the others were already, or are beyond ${mostAdded} added ones. /sources shows how each feels.`;
  return answer(sentence('Sources imported', plain), { version: 1, imported: ids, listed: listed.length });
}

/** Reads a source now, and says what is there or what is wrong. */
export async function tried(id: string, asker: Asker, services: Services): Promise<Reply> {
  requireManager(asker);
  await known(id, services);
  const check = await services.sourceTools.test(id);
  const told = check?.ok
    ? `${id} answers: ${check.items} items, newest ${check.newest ?? 'undated'}.${check.truncated ? ` ${truncatedNote}` : ''}`
    : `${id} could not be read: ${check?.error?.message ?? 'an empty answer'}. ${check?.error?.remedy ?? 'Open the address in a browser'}.`;
  return answer(sentence('Source', told), { version: 1, tested: check ?? null }, check?.ok ? 0 : 1);
}

export async function removed(id: string, asker: Asker, services: Services): Promise<Reply> {
  const config = await mayChange(id, asker, services);
  if (!(await services.sources.remove(id)))
    throw new UserError(`${config.name} comes with the configuration: pause it, or disable it in sources.yaml.`);
  return answer(sentence('Source', `${config.name} is no longer watched; what it brought stays.`), {
    version: 1,
    removed: id,
  });
}

export async function exported(services: Services): Promise<Reply> {
  const opml = await services.sourceTools.opml();
  return {
    ...answer(sentence('Sources', 'All sources as OPML: sources.opml.'), { version: 1, opml }),
    file: { name: 'sources.opml', text: opml },
  };
}

/** Managers change what people added; what the configuration brings is the operators'. Throws UserError. */
export async function mayChange(id: string, asker: Asker, services: Services): Promise<SourceConfig> {
  requireManager(asker);
  if (asker.operator) return known(id, services);
  const found = (await services.sources.list()).find(({ config }) => config.id === id)?.config;
  if (!found?.added) throw new UserError('Only this installation’s operators may change sources that nobody added.');
  return found;
}

async function known(id: string, services: Services): Promise<SourceConfig> {
  const found = (await services.sources.list()).find(({ config }) => config.id === id);
  if (!found) throw new UserError(`There is no source “${id}”. /sources lists their ids.`);
  return found.config;
}

/** What is wrong with an address that somebody named is theirs to mend. */
function asUserError(error: unknown): never {
  if (error instanceof SourceError) throw new UserError(`${error.message}. ${error.hint}.`, { cause: error });
  throw error;
}

function requireManager(asker: Asker): void {
  if (!asker.manager && !asker.operator) throw new UserError('Only people who manage this channel may change sources.');
}
