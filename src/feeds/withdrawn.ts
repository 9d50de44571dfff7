import { findsMatches } from '../core/entry-identity.ts';
import { entryKeys, type IdentitySource, identityContext } from './entry-keys.ts';

/** Words that newsrooms put before the headline of what they take back. Not "removed": that is news here. */
const withdrawnTitle =
  /^\s*[[(<*]*\s*(?:(?:story|article|report|post)\s+)?(?:withdrawn|retracted|retraction|mandatory kill|kill|withdrawal notice|retractado|nota retirada|retirad[oa]|retractée?|article retiré|zurückgezogen|povučeno|повучено|tërhequr|سحب الخبر)\s*[\])>*]*\s*(?:[:：–—|]|-\s|[\])])/iu;
/** Or behind it. */
const withdrawnSuffix = /[[(]\s*(?:withdrawn|retracted|retirad[oa]|retirée?|povučeno)\s*[\])]\s*$/iu;

/** Whether a title says that its publisher took the entry back. */
export function saysWithdrawn(title: string | null): boolean {
  const text = title?.slice(0, 1000) ?? '';
  return withdrawnTitle.test(text) || withdrawnSuffix.test(text);
}

/** Keys by which the entry that a feed says is deleted is found; `ref` is its id, or its address. */
export function keysOfDeleted(ref: string, source: IdentitySource): string[] {
  const nothing = { title: null, link: null, publishedAt: null, updatedAt: null, author: null };
  const keys = entryKeys({ ...nothing, id: ref, summary: null, content: null }, identityContext(source));
  return keys.filter((key) => findsMatches(key) && !key.startsWith('x:'));
}
