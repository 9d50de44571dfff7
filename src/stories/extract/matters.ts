import type { CountryCode } from '../../core/country.ts';
import type { CountryRoles, MatterState, Stage } from '../../core/reading.ts';
import type { CourtReading } from './courts.ts';
import type { Frame } from './frame.ts';
import type { StageReading } from './types.ts';
import { has, type Unit } from './units.ts';

const thirdCountries = 'removals/third-country';

function courtMatter(frame: Frame, courts: CourtReading, stage: Stage | null, roles: CountryRoles): MatterState {
  const countries = [...roles.receiving];
  const where = courts.courts[0] ?? 'district';
  const about =
    countries.length === 1
      ? `${frame.subject ?? 'order'}-${(countries[0] ?? '').toLowerCase()}`
      : (frame.subject ?? 'order');
  return { id: `court/${courts.main ?? `${where}-${about}`}`, stage, countries };
}

function perCountry(prefix: string, codes: readonly CountryCode[], stage: Stage | null): MatterState[] {
  return codes.map((code) => ({ id: `${prefix}/${code}`, stage, countries: [code] }));
}

/** `Examplia comes off the list`: what the text tells of others on it is no end of their ban. */
function banMatters(title: Unit | undefined, codes: readonly CountryCode[], stage: Stage | null): MatterState[] {
  const named = new Set(title?.mentions.map(({ code }) => code));
  const isOwn = (code: CountryCode): boolean => stage !== 'lifted' || named.has(code);
  const some = codes.some(isOwn);
  return codes.map((code) => ({ id: `ban/${code}`, stage: some && !isOwn(code) ? null : stage, countries: [code] }));
}

function visaSlug(units: readonly Unit[]): string {
  const top = units.slice(0, 3);
  if (top.some((unit) => has(unit, 'visa-pause'))) return 'immigrant-visa-pause';
  if (top.some((unit) => has(unit, 'benefit-hold'))) return 'benefit-hold';
  return top.some((unit) => has(unit, 'visa-bond')) ? 'visa-bond' : 'visa-policy';
}

function paroleSlug(units: readonly Unit[]): string {
  return units.slice(0, 4).some((unit) => has(unit, 'tps')) ? 'tps' : 'humanitarian-parole';
}

function policyMatters(units: readonly Unit[], frame: Frame, stage: Stage | null, roles: CountryRoles): MatterState[] {
  switch (frame.subject) {
    case 'removal':
      return roles.receiving.length > 0
        ? perCountry('removals', roles.receiving, stage)
        : [{ id: thirdCountries, stage, countries: [] }];
    case 'ban':
      return roles.banned.length > 0
        ? banMatters(units[0], roles.banned, stage)
        : [{ id: 'ban/list', stage, countries: [] }];
    case 'visa':
      return [{ id: `visa/${visaSlug(units)}`, stage, countries: roles.nationality }];
    case 'parole':
      return [{ id: `parole/${paroleSlug(units)}`, stage, countries: roles.nationality }];
    default:
      return [];
  }
}

/** Bans told beside a removal are matters too; only a signature told with them gives a stage. */
function besides(units: readonly Unit[], frame: Frame, roles: CountryRoles): MatterState[] {
  if (frame.subject !== 'removal') return [];
  const signed = units.some((unit) => has(unit, 'ban-signed') && has(unit, 'ban'));
  return perCountry('ban', roles.banned, signed ? 'signed' : null);
}

/** Matters of an article, main development first: its stage is the article's. */
export function readMatters(
  units: readonly Unit[],
  frame: Frame,
  stage: StageReading,
  roles: CountryRoles,
  courts: CourtReading,
): MatterState[] {
  if (!frame.american) return [];
  if (!frame.court) return [...policyMatters(units, frame, stage.stage, roles), ...besides(units, frame, roles)];
  return [courtMatter(frame, courts, stage.stage, roles), ...policyMatters(units, frame, stage.policy, roles)];
}
