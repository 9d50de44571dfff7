import type { Article } from '../../core/article.ts';
import type { CountryCode } from '../../core/country.ts';
import type { Reading, Stage } from '../../core/reading.ts';

/** Which running subject an act belongs to. */
export type Family = 'removals' | 'ban' | 'court' | 'visa' | 'parole';

/** Stages that are one act in the world, or none of them where the text tells no act. */
export type Act =
  | 'ask'
  | 'deal'
  | 'denial'
  | 'arrival'
  | 'suspension'
  | 'plan'
  | 'order'
  | 'effect'
  | 'end'
  | 'block'
  | 'unblock'
  | 'hearing';

/** What an article's reading says about which development it tells; empty where nothing was found. */
export interface Structure {
  /** Look-up keys: articles that share one may tell the same development whatever their words. */
  keys: readonly string[];
  family: Family | null;
  act: Act | null;
  /** Ids of all matters it tells of. */
  matters: readonly string[];
  receiving: readonly CountryCode[];
  banned: readonly CountryCode[];
  nationality: readonly CountryCode[];
  courts: readonly string[];
  cases: readonly string[];
  instruments: readonly string[];
  tier: Reading['tier'];
  ordinals: Reading['ordinals'];
  /** Numbers of people moved. */
  people: readonly number[];
  /** Day numbers, NaN when not told: of the event, and of taking effect. */
  eventDay: number;
  effectiveDay: number;
}

export const noStructure: Structure = {
  keys: [],
  family: null,
  act: null,
  matters: [],
  receiving: [],
  banned: [],
  nationality: [],
  courts: [],
  cases: [],
  instruments: [],
  tier: null,
  ordinals: [],
  people: [],
  eventDay: Number.NaN,
  effectiveDay: Number.NaN,
};

const removalActs: Readonly<Partial<Record<Stage, Act>>> = {
  considered: 'ask',
  approached: 'ask',
  'in-talks': 'ask',
  announced: 'deal',
  agreed: 'deal',
  signed: 'deal',
  denied: 'denial',
  refused: 'denial',
  operational: 'arrival',
  suspended: 'suspension',
  lifted: 'suspension',
};

const banActs: Readonly<Partial<Record<Stage, Act>>> = {
  considered: 'plan',
  announced: 'order',
  signed: 'order',
  modified: 'order',
  extended: 'order',
  effective: 'effect',
  lifted: 'end',
};

const courtActs: Readonly<Partial<Record<Stage, Act>>> = {
  filed: 'hearing',
  argued: 'hearing',
  appealed: 'hearing',
  remanded: 'hearing',
  tro: 'block',
  injunction: 'block',
  ruled: 'block',
  affirmed: 'block',
  vacated: 'block',
  blocked: 'block',
  reversed: 'unblock',
  stayed: 'unblock',
  'cert-granted': 'unblock',
  'block-lifted': 'unblock',
};

function familyOf(matter: string): Family | null {
  const prefix = matter.slice(0, matter.indexOf('/'));
  return prefix === 'removals' || prefix === 'ban' || prefix === 'court' || prefix === 'visa' || prefix === 'parole'
    ? prefix
    : null;
}

function actOf(family: Family, stage: Stage): Act | null {
  const court = courtActs[stage];
  if (court) return court;
  return (family === 'removals' ? removalActs : banActs)[stage] ?? null;
}

/** The main development; where a court acted it is the court's, whatever the policy is called. */
function mainAct(reading: Reading): { family: Family | null; act: Act | null } {
  const main = reading.matters[0];
  const family = main ? familyOf(main.id) : null;
  const stage = main?.stage ?? reading.stage;
  const act = family && stage ? actOf(family, stage) : null;
  if (act === 'plan' && family === 'visa') return { family, act: 'order' };
  if (act === 'block' || act === 'unblock' || act === 'hearing') return { family: 'court', act };
  return { family, act };
}

function dayOf(date: string | null): number {
  return date && date.length >= 10 ? Math.floor(Date.parse(date.slice(0, 10)) / 86_400_000) : Number.NaN;
}

function keysOf(reading: Reading, family: Family | null): string[] {
  if (family === null) return [];
  const keys = new Set<string>();
  for (const country of reading.countries.receiving) keys.add(`removals/${country}`);
  for (const matter of reading.matters) {
    const of = familyOf(matter.id);
    if (of !== null && of !== 'ban') keys.add(matter.id);
    if (of === 'ban') keys.add('ban');
  }
  if (family === 'court') for (const court of reading.courts) keys.add(`court/${court}`);
  for (const instrument of reading.instruments) keys.add(instrument);
  return [...keys];
}

/** Reads structure off a reading; irrelevant articles and those that tell no matter have none. */
export function readStructure(_article: Article, reading: Reading): Structure {
  if (!reading.relevant) return noStructure;
  const { family, act } = mainAct(reading);
  return {
    keys: keysOf(reading, family),
    family,
    act,
    matters: reading.matters.map(({ id }) => id),
    receiving: reading.countries.receiving,
    banned: reading.countries.banned,
    nationality: reading.countries.nationality,
    courts: reading.courts,
    cases: reading.cases,
    instruments: reading.instruments,
    tier: reading.tier,
    ordinals: reading.ordinals,
    people: reading.quantities.filter(({ kind }) => kind === 'people').map(({ value }) => value),
    eventDay: dayOf(reading.eventDate),
    effectiveDay: dayOf(reading.effectiveDate),
  };
}
