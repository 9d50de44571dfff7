import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { shippedReader } from '../fakes/pipeline.ts';

/** A short article in our own words, and what is to be read from it; what is not stated is not checked. */
const Case = z.strictObject({
  t: z.string(),
  x: z.string().default(''),
  rel: z.boolean().nullable(),
  recv: z.array(z.string()).optional(),
  nat: z.array(z.string()).optional(),
  ban: z.array(z.string()).optional(),
  /** Any of these. */
  stage: z.array(z.string()).optional(),
  topic: z.string().optional(),
  from: z.array(z.string()).optional(),
  cap: z.number().optional(),
  people: z.number().optional(),
  money: z.number().optional(),
  nocomment: z.string().optional(),
  court: z.string().optional(),
  eff: z.string().optional(),
  /** Day of publication; 10 March 2026 unless told. */
  at: z.string().optional(),
  cert: z.string().optional(),
  form: z.string().optional(),
  courts: z.array(z.string()).optional(),
  /** Stage of the second matter: what a court's act does to the policy; `none` for nothing. */
  policy: z.string().optional(),
});
type Case = z.infer<typeof Case>;

function casesOf(file: string): Case[] {
  return z.array(Case).parse(parse(readFileSync(new URL(`../fixtures/reading/${file}`, import.meta.url), 'utf8')));
}

function readingOf({ t, x, at: day = '2026-03-10' }: Case) {
  const at = `${day}T12:00:00.000Z`;
  const raw = {
    id: 'a',
    url: null,
    publisher: null,
    sourceId: null,
    sourceKind: 'news' as const,
    title: t,
    html: null,
  };
  const rest = { text: x, publishedAt: at, updatedAt: null, language: null, author: null, arrivedAt: at };
  return shippedReader({ ...raw, ...rest }).reading;
}

const roles = { recv: 'receiving', nat: 'nationality', ban: 'banned' } as const;
const figures = ['cap', 'people', 'money'] as const;

/** What was read, for each field that the case states; a stage among those stated is given as all of them. */
function foundFor(one: Case): Record<string, unknown> {
  const reading = readingOf(one);
  const found: Record<string, unknown> = {
    rel: one.rel === null ? null : reading.relevant,
    stage: one.stage?.includes(reading.stage ?? '') ? one.stage : reading.stage,
    topic: reading.topics.includes(one.topic as 'court') ? one.topic : reading.topics,
    from: reading.originators.map(({ name }) => name).sort(),
    eff: reading.effectiveDate,
    cert: reading.certainty,
    court: reading.cases[0],
    form: reading.form,
    courts: reading.courts,
    policy: reading.matters[1]?.stage ?? 'none',
    nocomment: reading.comments.find(({ who, said }) => said === 'no-comment' && who.includes(one.nocomment ?? ''))
      ? one.nocomment
      : reading.comments,
  };
  for (const [field, role] of Object.entries(roles)) found[field] = reading.countries[role].toSorted();
  for (const kind of figures) {
    found[kind] = reading.quantities.find((each) => each.kind === kind && each.value === one[kind])?.value;
  }
  return Object.fromEntries(Object.keys(one).map((field) => [field, found[field]]));
}

describe.each([
  'first.yaml',
  'second.yaml',
  'third.yaml',
  'fourth.yaml',
  'fifth.yaml',
  'sixth.yaml',
  'seventh.yaml',
  'eighth.yaml',
  'ninth.yaml',
  'tenth.yaml',
  'eleventh.yaml',
  'twelfth.yaml',
  'thirteenth.yaml',
  'fourteenth.yaml',
  'fifteenth.yaml',
  'sixteenth.yaml',
  'seventeenth.yaml',
  'eighteenth.yaml',
  'nineteenth.yaml',
  'twentieth.yaml',
  'twenty-first.yaml',
])('short articles of %s', (file) => {
  it.each(casesOf(file).map((one) => [one.t, one] as const))('%s', (_, one) => {
    const { t: _title, x: _text, at: _day, ...stated } = one;
    const lists = Object.keys(roles).concat('from') as (keyof typeof roles | 'from')[];
    for (const field of lists) if (stated[field]) stated[field] = stated[field].toSorted();
    expect(foundFor(one)).toMatchObject(stated);
  });
});
