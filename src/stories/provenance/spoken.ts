import { type ChoiceInput, type Found, leadVoices, none, official, type Voice, withArticle } from './choice.ts';
import type { Speaker } from './speakers.ts';
import { hits } from './vocabulary.ts';

const institutions: Readonly<Record<string, string>> = { presidency: 'Presidency', parliament: 'Parliament' };

/** `official:Government of X`; presidents and their offices speak as the presidency. */
function nameOf(speaker: Speaker, input: ChoiceInput): string | null {
  if (speaker.kind === 'body') return speaker.name;
  const country = speaker.country ?? input.mainCountry;
  if (country === null) return null;
  const name = input.countryName(country);
  return (
    input.bodies.find((body) => body.endsWith(`(${name})`)) ??
    `${institutions[speaker.name] ?? 'Government'} of ${withArticle(name)}`
  );
}

/** `a minister who asked not to be named`: one who knows, but not his office's word. */
function isUnnamed({ unit }: Voice, speaker: Speaker): boolean {
  if (speaker.kind !== 'office') return false;
  return hits(unit.marks, 'anonymous').some(({ from }) => from >= speaker.at && from - speaker.at < 6);
}

interface Told {
  speaker: Speaker;
  voice: Voice;
}

/** A headline names only the country; the text under it tells whether its president spoke, or somebody unnamed. */
function precise(speaker: Speaker, voice: Voice, input: ChoiceInput): Told {
  if (speaker.kind !== 'country') return { speaker, voice };
  for (const under of input.voices.slice(1, leadVoices)) {
    const office = under.speakers.find(
      (other) => other.kind === 'office' && (other.country ?? input.mainCountry) === speaker.country,
    );
    if (office !== undefined) return { speaker: office, voice: under };
  }
  return { speaker, voice };
}

/** `Examplia turned down the plan, source says`: not Examplia's own word. */
function isHearsay({ unit }: Voice, speaker: Speaker): boolean {
  return speaker.kind === 'country' && hits(unit.marks, 'anonymous').some(({ from }) => from > speaker.at);
}

/** `Examplia confirms talks` over a sentence in which nobody speaks but somebody who would not be named. */
function isHidden(speaker: Speaker, [, first]: readonly Voice[]): boolean {
  if (speaker.kind !== 'country' || speaker.does !== 'say' || first === undefined) return false;
  return first.speakers.length + first.credits.length === 0 && hits(first.unit.marks, 'anonymous').length > 0;
}

/** Who speaks in an authority's name in a title or sentence; one who would not be named is a person. */
export function officialOf(voice: Voice, input: ChoiceInput): Found | null {
  for (const speaker of voice.speakers) {
    const told = precise(speaker, voice, input);
    if (isUnnamed(told.voice, told.speaker) || isHidden(speaker, input.voices))
      return { choice: { ...none, kind: 'person' }, at: speaker.at };
    if (isHearsay(voice, speaker)) continue;
    const name = nameOf({ ...speaker, kind: told.speaker.kind, name: told.speaker.name }, input);
    if (name === null) continue;
    return { choice: { ...official(name, speaker.evidence), denies: speaker.does === 'deny' }, at: speaker.at };
  }
  return null;
}
