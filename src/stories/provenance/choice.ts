import type { CountryCode } from '../../core/country.ts';
import type { Originator, Topic } from '../../core/reading.ts';
import type { Credit } from './credits.ts';
import type { Speaker } from './speakers.ts';
import type { Unit } from './unit.ts';
import type { CourtLevel } from './vocabulary.ts';

/** Whom an article credits for its central fact, and how. */
export interface Choice {
  kind: 'newsroom' | 'official' | 'person' | 'none';
  originator: Originator | null;
  /** A newsroom that reports what an authority said or did in public. */
  public: boolean;
  /** The authority's word is a denial. */
  denies?: boolean;
  /** Nobody speaks: a measure in force is named, and goes back to who made it. */
  inForce?: boolean;
}

/** One title or sentence with those who are credited or speak in it. */
export interface Voice {
  unit: Unit;
  credits: readonly Credit[];
  speakers: readonly Speaker[];
}

export interface ChoiceInput {
  voices: readonly Voice[];
  topics: readonly Topic[];
  /** The country that an office without one belongs to; null when the article names none. */
  mainCountry: CountryCode | null;
  /** Bodies named near the top. */
  bodies: readonly string[];
  countryName(code: CountryCode): string;
  courtName(level: CourtLevel): string;
}

/** Nobody. */
export const none: Choice = { kind: 'none', originator: null, public: false };

/** An authority's own word or act. */
export function official(name: string, evidence: string): Choice {
  return { kind: 'official', originator: { name: `official:${name}`, evidence }, public: true };
}

/** `the Republic of the Congo`, `the Gambia`; most names take none. */
export function withArticle(name: string): string {
  const takes =
    /^(?:.*\bRepublic\b|United |Gambia$|Bahamas$|Philippines$|Netherlands$|Maldives$|Seychelles$|Comoros$|Marshall |Solomon )/;
  return takes.test(name) ? `the ${name}` : name;
}

/** Title and sentences in which an office or court may be named more exactly than where it is first told. */
export const leadVoices = 4;

/** A choice, and where its words begin. */
export interface Found {
  choice: Choice;
  at: number;
}
