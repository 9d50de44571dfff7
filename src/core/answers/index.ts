import { z } from 'zod';
import { BanStatusCommandAnswer } from './ban-status.ts';
import { CourtsAnswer } from './courts.ts';
import { DealsAnswer } from './deals.ts';
import { DeliveriesAnswer } from './deliveries.ts';
import { LedgerReadAnswer } from './ledger-read.ts';
import { Differences, LedgerProposeAnswer, ReportAnswer, ReviewAnswer } from './review.ts';
import { ClassifyLine, StoriesAnswer } from './story.ts';
import { TimelineAnswer } from './timeline.ts';

const version = z.literal(1);
const instant = z.string();

/** What went wrong, with any question; exit code 1 or 2. */
const ErrorAnswer = z.object({ version, error: z.string() });

const SubscriptionAnswer = z.object({ id: z.string(), status: z.enum(['active', 'paused']) }).loose();

const SourcesAnswer = z.object({
  version,
  sources: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      url: z.string(),
      kind: z.string(),
      language: z.string(),
      enabled: z.boolean(),
      state: z.string(),
      lastSuccess: instant.nullable(),
      nextPoll: instant.nullable(),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
      remedy: z.string().nullable(),
      truncated: z.boolean(),
    }),
  ),
});

/** `/sources add`, `import`, `test`, `remove` and `export`. */
const SourceChangeAnswer = z.union([
  z.object({ version, added: z.object({ id: z.string(), name: z.string(), url: z.string() }) }),
  z.object({ version, tested: z.object({ ok: z.boolean(), items: z.number().int() }).loose().nullable() }),
  z.object({ version, imported: z.array(z.string()), listed: z.number().int() }),
  z.object({ version, removed: z.string() }),
  z.object({ version, opml: z.string() }),
]);

const SourceChecksAnswer = z.object({
  version,
  sources: z.array(
    z.object({
      sourceId: z.string(),
      ok: z.boolean(),
      items: z.number().int(),
      newest: instant.nullable(),
      truncated: z.boolean(),
      error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
      /** How it stands by its polls, whatever this one try showed. */
      state: z.string(),
      lastSuccess: instant.nullable(),
      nextPoll: instant.nullable(),
    }),
  ),
});

const ReplayAnswer = z.object({
  version,
  alerts: z.array(
    z.object({
      step: z.number().int(),
      at: instant,
      story: z.string(),
      reason: z.string(),
      headline: z.string(),
      sources: z.number().int(),
      originators: z.number().int(),
    }),
  ),
});

const DoctorAnswer = z.object({
  version,
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), told: z.string() })),
});

/** The `--json` form of every command, by the name of its file in docs/schemas. */
export const answerSchemas: Readonly<Record<string, z.ZodType>> = {
  'ban-status': BanStatusCommandAnswer,
  timeline: TimelineAnswer,
  deals: DealsAnswer,
  courts: CourtsAnswer,
  stories: StoriesAnswer,
  'classify-line': ClassifyLine,
  replay: ReplayAnswer,
  sources: SourcesAnswer,
  'sources-change': SourceChangeAnswer,
  'sources-check': SourceChecksAnswer,
  'ledger-check': z.object({
    version,
    problems: z.array(z.string()),
    differences: Differences,
  }),
  'ledger-read': LedgerReadAnswer,
  'ledger-propose': LedgerProposeAnswer,
  review: ReviewAnswer,
  deliveries: DeliveriesAnswer,
  report: ReportAnswer,
  doctor: DoctorAnswer,
  help: z.object({
    version,
    commands: z.array(z.object({ name: z.string(), summary: z.string(), usage: z.string() })),
  }),
  subscribe: z.object({
    version,
    subscription: SubscriptionAnswer,
    preview: z.array(z.object({ id: z.string(), headline: z.string(), date: z.string() })),
  }),
  subscriptions: z.object({ version, subscriptions: z.array(SubscriptionAnswer) }),
  unsubscribe: z.object({ version, removed: z.array(z.string()) }),
  error: ErrorAnswer,
};

/** JSON Schema 2020-12 of one answer. */
export function jsonSchemaOf(name: string): unknown {
  const schema = answerSchemas[name];
  if (!schema) throw new Error(`no answer is called ${name}`);
  return { title: name, ...z.toJSONSchema(schema, { target: 'draft-2020-12' }) };
}
