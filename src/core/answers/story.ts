import { z } from 'zod';
import { certainties, topics } from '../reading.ts';

const code = z.string().regex(/^[A-Z]{2}$/);
const codes = z.array(code);
const url = z.string().nullable();
/** A slug: stages of stories and steps of other measures. */
const stage = z.string().regex(/^[a-z][a-z-]*$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** Precision is kept: `2025`, `2025-04`, `2025-04-01`. */
const ledgerDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);

export const CountryRolesJson = z.strictObject({
  banned: codes,
  receiving: codes,
  nationality: codes,
  mentioned: codes,
});

const ConflictJson = z.strictObject({
  fact: z.string(),
  values: z.array(z.strictObject({ value: z.string(), articles: z.array(z.string()) })),
  settled: z.strictObject({ value: z.string(), why: z.string() }).nullable(),
});

/** What the ledger knows to have come after a story's day, on its matters and on those of the earlier reports it retells. */
const FollowUpJson = z.strictObject({
  matter: z.string(),
  stage,
  date: ledgerDate,
  certainty: z.enum(certainties),
  note: z.string().nullable(),
  source: z.strictObject({ title: z.string(), url }),
});

/** One story, as `ingest --json` and `story --json` give it. */
export const StoryJson = z.strictObject({
  id: z.string(),
  revision: z.number().int().positive(),
  mergedInto: z.string().nullable(),
  headline: z.string(),
  summary: z.string(),
  unknown: z.string(),
  date: day,
  datePrecision: z.enum(['day', 'month', 'unknown']),
  /** The later day on which it takes effect or ends; null when none is told. */
  effective: day.nullable(),
  certainty: z.enum(certainties),
  disputed: z.boolean(),
  stage: stage.nullable(),
  topics: z.array(z.enum(topics)),
  matters: z.array(z.strictObject({ id: z.string(), stage: stage.nullable(), countries: codes })),
  countries: CountryRolesJson,
  articles: z.array(
    z.strictObject({
      id: z.string(),
      publisher: z.string().nullable(),
      url,
      title: z.string(),
      /** Null when nothing tells it. */
      published: z.string().nullable(),
      part: z.enum(['evidence', 'context', 'copy', 'edition']),
      /** Its publisher took it back. */
      withdrawn: z.strictObject({ at: z.string(), how: z.enum(['told', 'titled', 'missing']) }).optional(),
    }),
  ),
  originators: z.array(z.strictObject({ name: z.string(), evidence: z.string() })),
  outlets: z.array(z.string()),
  earlier: z.array(
    z.strictObject({
      originator: z.string(),
      date: ledgerDate.nullable(),
      stage: stage.nullable(),
      countries: codes,
    }),
  ),
  comments: z.array(
    z.strictObject({
      who: z.string(),
      said: z.enum(['no-comment', 'confirmed', 'denied', 'refused', 'statement']),
      quote: z.string(),
    }),
  ),
  conflicts: z.array(ConflictJson),
  follows: z.array(z.string()),
  followUps: z.array(FollowUpJson),
  /** Entry suspensions on paper for the countries that the story names as banned. */
  instruments: z.array(z.strictObject({ instrument: z.string(), countries: codes })),
  /** What a primary document in it would change in the ledger, while that waits for an operator; else null. */
  underReview: z.strictObject({ changes: z.number().int().positive(), countries: codes }).nullable(),
  why: z.array(
    z.strictObject({
      article: z.string(),
      how: z.enum(['opened', 'joined', 'repaired']),
      score: z.number(),
      reasons: z.array(z.string()),
    }),
  ),
});
export type StoryJson = z.infer<typeof StoryJson>;

/** `ingest --json`, `story --json`, `latest --json`, `search --json`. */
export const StoriesAnswer = z.strictObject({ version: z.literal(1), stories: z.array(StoryJson) });
export type StoriesAnswer = z.infer<typeof StoriesAnswer>;

/** One line of `classify`. */
export const ClassifyLine = z.strictObject({
  id: z.union([z.string(), z.number()]),
  relevant: z.boolean(),
  story: z.string().nullable(),
  topics: z.array(z.enum(topics)),
  countries: CountryRolesJson,
  matters: z.array(z.strictObject({ id: z.string(), stage: stage.nullable(), countries: codes })),
  stage: stage.nullable(),
  certainty: z.enum(certainties),
  originators: z.array(z.strictObject({ name: z.string(), evidence: z.string() })),
  earlier: z.array(
    z.strictObject({ originator: z.string(), date: ledgerDate.nullable(), stage: stage.nullable(), countries: codes }),
  ),
  joined: z.enum(['opened', 'joined', 'repaired']).nullable(),
  reasons: z.array(z.string()),
});
export type ClassifyLine = z.infer<typeof ClassifyLine>;
