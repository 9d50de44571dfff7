import type { Countries, CountryCode } from '../../core/country.ts';
import type { Comment } from '../../core/reading.ts';
import { readSilent, type Speaker } from './speakers.ts';
import { quoteOf, type Unit } from './unit.ts';
import type { ProvenanceData } from './vocabulary.ts';

const said: Readonly<Record<Exclude<Speaker['does'], 'act'>, Comment['said']>> = {
  say: 'statement',
  deny: 'denied',
  refuse: 'refused',
  'no-comment': 'no-comment',
};

const confirms = /\b(?:confirm\w*|acknowledg\w*|admit\w*|potvrd\w*|konfirm\w*|reconnu\w*|reconoc\w*)\b|أكد|أكّد/iu;

/** Whose words a comment is: `White House`, `State Department`, `Serbia: foreign ministry`. */
function whoOf(speaker: Speaker, data: ProvenanceData, countries: Countries, main: CountryCode | null): string | null {
  if (speaker.kind === 'body') return data.bodies[speaker.name]?.short ?? speaker.name;
  const country = speaker.country ?? main;
  if (country === null) return null;
  return `${countries.name(country)}: ${speaker.kind === 'country' ? 'government' : speaker.name}`;
}

/** What bodies said when they were asked, or of their own accord; one entry for each body and kind. */
export function readComments(
  units: readonly { unit: Unit; speakers: readonly Speaker[] }[],
  data: ProvenanceData,
  countries: Countries,
  main: CountryCode | null,
): Comment[] {
  const found = new Map<string, Comment>();
  for (const { unit, speakers } of units) {
    if (unit.index < 0) continue;
    for (const speaker of [...readSilent(unit), ...speakers]) {
      if (speaker.does === 'act') continue;
      const who = whoOf(speaker, data, countries, main);
      if (who === null) continue;
      const kind = speaker.does === 'say' && confirms.test(speaker.evidence) ? 'confirmed' : said[speaker.does];
      const key = `${who} ${kind}`;
      if (!found.has(key)) found.set(key, { who, said: kind, quote: quoteOf(unit) });
    }
  }
  return [...found.values()];
}
