import type { Certainty, Stage } from './reading.ts';
import type { Change } from './story.ts';

/** A stage as words: `in-talks` is "in talks". */
export function stageWords(stage: Stage): string {
  if (stage === 'tro') return 'temporary restraining order';
  if (stage === 'cert-granted') return 'review granted';
  return stage.replaceAll('-', ' ');
}

export const certaintyWords: Readonly<Record<Certainty, string>> = {
  reported: 'Reported',
  disputed: 'Disputed',
  confirmed: 'Confirmed',
  official: 'Official',
};

/** What an update says that it is about. */
export const changeWords: Readonly<Record<Change, string>> = {
  opened: 'new story',
  certainty: 'how sure this is',
  stage: 'the stage',
  country: 'the countries',
  number: 'the number told',
  'official-response': 'an official response',
  denial: 'a denial',
  correction: 'a correction',
  retraction: 'a retraction',
  merged: 'joined with another story',
  split: 'taken out of another story',
  outlet: 'one more outlet',
  wording: 'wording',
};

/** A headline with our mark apart: the rest may be an outlet's own. */
export function markedTitle(title: string): readonly string[] {
  return title.split(/(?<=^Withdrawn: )/);
}

/** `A`, `A and B`, `A, B and C`. */
export function listWords(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** At most `limit` characters, cut at a word. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
