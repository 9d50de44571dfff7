import type { FeedItem } from '../core/article.ts';
import { findsMatches, weighEntries } from '../core/entry-identity.ts';
import type { EntryDraft } from '../core/source-ports.ts';
import { atOnce } from '../lib/gently.ts';
import { contentHash, entryKeys, type IdentitySource, identityContext } from './entry-keys.ts';

const strength = 'xgpuctnmadi';

function byStrength(a: string, b: string): number {
  return strength.indexOf(a.charAt(0)) - strength.indexOf(b.charAt(0));
}

/** Keys that tell two printings of one item from two items: all that find matches, but for the guid. */
function evidence(keys: readonly string[]): string[] {
  return keys.filter((key) => findsMatches(key) && !/^[xg]/.test(key));
}

/** The same item printed twice in one document, whatever its guids. */
function isRepeat(keys: readonly string[], other: readonly string[]): boolean {
  const weight = weighEntries(keys, other);
  if (weight >= 100) return true;
  const [own, theirs] = [evidence(keys), evidence(other)];
  return weight >= 6 && own.length === theirs.length && own.every((key) => theirs.includes(key));
}

/**
 * The entries of one feed document with their keys, in its order. Pure. The whole document is read together, since a
 * guid, address, title or text that several different items carry identifies none of them; the same item printed twice
 * is one entry. How keys are made and weighed: core/entry-identity.ts.
 */
export function identifyEntries(items: readonly FeedItem[], source: IdentitySource): EntryDraft[] {
  return atOnce(identifying(items, source));
}

/** `identifyEntries` in pieces: thousands of items must not keep a person waiting. */
export function* identifying(items: readonly FeedItem[], source: IdentitySource): Generator<void, EntryDraft[], void> {
  const all = yield* distinct(items.filter(saysSomething), source);
  const carriers = new Map<string, number>();
  for (const { keys } of all) for (const key of new Set(keys)) carriers.set(key, (carriers.get(key) ?? 0) + 1);
  const drafts: EntryDraft[] = [];
  for (const { item, keys } of all) {
    drafts.push({
      keys: [...new Set(keys)].filter((key) => !findsMatches(key) || carriers.get(key) === 1).sort(byStrength),
      contentHash: contentHash(item),
      item,
    });
    yield;
  }
  return drafts;
}

/** How many items that share a key are looked at for a repeat: a hostile feed must not cost its square. */
const maxNear = 20;

interface KeyedItem {
  item: FeedItem;
  keys: readonly string[];
}

function* distinct(items: readonly FeedItem[], source: IdentitySource): Generator<void, KeyedItem[], void> {
  const context = identityContext(source);
  const kept: KeyedItem[] = [];
  const holders = new Map<string, KeyedItem[]>();
  for (const item of items) {
    yield;
    const one: KeyedItem = { item, keys: entryKeys(item, context) };
    const near = new Set(one.keys.filter((key) => /^[xpuct]/.test(key)).flatMap((key) => holders.get(key) ?? []));
    if ([...near].some((other) => isRepeat(one.keys, other.keys))) continue;
    kept.push(one);
    for (const key of one.keys) {
      const list = holders.get(key);
      if (!list) holders.set(key, [one]);
      else if (list.length < maxNear) list.push(one);
    }
  }
  return kept;
}

function saysSomething(item: FeedItem): boolean {
  return Boolean(item.id ?? item.link ?? item.title ?? item.summary ?? item.content);
}

/** One item on its own, as when it is the only one of its document. */
export function identify(item: FeedItem, source: IdentitySource): EntryDraft {
  return { keys: [...entryKeys(item, identityContext(source))].sort(byStrength), contentHash: contentHash(item), item };
}
