import type { Article } from '../../core/article.ts';
import type { Topic } from '../../core/reading.ts';
import { formOf } from '../form.ts';
import { createDisambiguator } from './ambiguity.ts';
import { claimsOfTerms, createClaimReader } from './claims.ts';
import { isOpen } from './contrary.ts';
import { createCourtReader } from './courts.ts';
import { createDateReader } from './dates.ts';
import { onlyEarlier, readEarlier } from './earlier.ts';
import { readFrame } from './frame.ts';
import type { Gazetteers } from './gazetteer.ts';
import { readInstruments } from './instruments.ts';
import { readMatters } from './matters.ts';
import { createNumberReader } from './numbers.ts';
import { type ReadingData, readingLanguageOf } from './reading-data.ts';
import { tellsMoney } from './removal-stage.ts';
import { readRoles } from './roles.ts';
import { promisesEnd, readStage, titleTellsStep } from './stage.ts';
import { readTier } from './tier.ts';
import type { DevelopmentReading, Provenance } from './types.ts';
import { createCueFinders, readUnits, type Unit } from './units.ts';

/** Reads one article's development from its words. Pure; thousands a second. */
export type DevelopmentReader = (
  article: Article,
  provenance: Provenance,
  topics?: readonly Topic[],
) => DevelopmentReading;

/** A country that only an earlier report names is nobody's part in this development. */
function withoutEarlier(units: readonly Unit[], earlier: ReadonlySet<string>): Unit[] {
  if (earlier.size === 0) return [...units];
  return units.map((unit) => ({ ...unit, mentions: unit.mentions.filter((mention) => !earlier.has(mention.code)) }));
}

/** Builds the reader from the finders of countries and the word lists of `config/reading` (see `loadReadingData`). */
export function createDevelopmentReader(deps: { gazetteers: Gazetteers; cues: ReadingData }): DevelopmentReader {
  const { gazetteers } = deps;
  const cueFinders = createCueFinders(deps.cues);
  const disambiguate = createDisambiguator(deps.cues);
  const readCourts = createCourtReader(deps.cues.legal);
  const readDates = createDateReader(deps.cues.calendar);
  const readNumbers = createNumberReader(deps.cues.calendar);
  const readClaims = createClaimReader(deps.cues.calendar);
  return (article, provenance, topics) => {
    const language = readingLanguageOf(article.language);
    const all = readUnits(article, provenance.background, gazetteers(language), cueFinders(language));
    disambiguate(all);
    const earlier = readEarlier(all, provenance.earlier);
    const retold = new Set(provenance.earlier.flatMap((mark) => mark.sentences));
    const units = withoutEarlier(all, onlyEarlier(all, earlier)).map((unit) =>
      retold.has(unit.index) ? { ...unit, background: true } : unit,
    );
    const frame = readFrame(units, topics);
    const stage = readStage(units, frame);
    const countries = readRoles(units, frame, stage.stage, formOf(article) === 'roundup');
    const courts = readCourts(units, frame);
    const { quantities, ordinals } = readNumbers(units);
    const dates = readDates(units, { at: article.publishedAt, told: article.dated !== 'arrival' });
    const isPayment = isOpen(stage.stage) && units[0] !== undefined && tellsMoney(units[0]);
    const isPromised = stage.stage === 'lifted' && dates.effectiveDate === null && promisesEnd(units);
    return {
      countries,
      matters: readMatters(units, frame, stage, countries, courts),
      stage: frame.american ? stage.stage : null,
      claims: [
        ...readClaims(units, quantities, dates.eventDate),
        ...claimsOfTerms(units, { isPromised, isPayment, isCourt: frame.court }),
      ],
      quantities,
      ordinals,
      courts: courts.courts,
      cases: courts.cases,
      instruments: readInstruments(`${article.title}\n${article.text}`),
      tier: frame.subject === 'ban' ? readTier(units) : null,
      ...dates,
      earlier,
      american: frame.american,
      titleTells: titleTellsStep(units, frame),
    };
  };
}
