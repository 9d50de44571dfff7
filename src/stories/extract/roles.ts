import type { CountryCode } from '../../core/country.ts';
import type { CountryRoles, Stage } from '../../core/reading.ts';
import { bannedBesides, bannedInVisa, bannedMain } from './banned.ts';
import type { Frame } from './frame.ts';
import { receivingOf } from './hosts.ts';
import { listedForVisa, nationalitiesOf } from './nationality.ts';
import type { Unit } from './units.ts';

type Codes = Set<CountryCode>;

function sorted(codes: Iterable<CountryCode>): CountryCode[] {
  return [...new Set(codes)].sort();
}

/** Puts every country of the article in its roles; a round-up tells of each country by itself. */
export function readRoles(units: readonly Unit[], frame: Frame, stage: Stage | null, isRound: boolean): CountryRoles {
  const all = sorted(units.flatMap((unit) => unit.mentions.map((mention) => mention.code)));
  const roles = frame.american ? rolesBySubject(units, frame, stage, isRound) : nobody();
  const taken = new Set([...roles.banned, ...roles.receiving, ...roles.nationality]);
  return {
    banned: sorted(roles.banned),
    receiving: sorted(roles.receiving),
    nationality: sorted(roles.nationality),
    mentioned: all.filter((code) => !taken.has(code)),
  };
}

function nobody(): { banned: Codes; receiving: Codes; nationality: Codes } {
  return { banned: new Set(), receiving: new Set(), nationality: new Set() };
}

function rolesBySubject(
  units: readonly Unit[],
  frame: Frame,
  stage: Stage | null,
  isRound: boolean,
): ReturnType<typeof nobody> {
  switch (isRound && frame.subject === 'ban' ? 'removal' : frame.subject) {
    case 'ban':
      return { ...nobody(), banned: bannedMain(units) };
    case 'visa': {
      const banned = bannedInVisa(units);
      return { banned, receiving: new Set(), nationality: listedForVisa(units, banned) };
    }
    case 'removal': {
      const receiving = receivingOf(units, frame, stage, isRound);
      const nationality = nationalitiesOf(units, receiving);
      return { banned: bannedBesides(units, receiving), receiving, nationality };
    }
    case 'parole': {
      const named = units[0]?.mentions.map((mention) => mention.code) ?? [];
      return { ...nobody(), nationality: new Set([...named, ...nationalitiesOf(units, new Set())]) };
    }
    default:
      return nobody();
  }
}
