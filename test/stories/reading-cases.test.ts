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
  cert: z.string().optional(),
});
type Case = z.infer<typeof Case>;

function casesOf(file: string): Case[] {
  return z.array(Case).parse(parse(readFileSync(new URL(`../fixtures/reading/${file}`, import.meta.url), 'utf8')));
}

function readingOf({ t, x }: Case) {
  const at = '2026-03-10T12:00:00.000Z';
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

function sorted(codes: readonly string[]): string[] {
  return [...codes].sort();
}

describe.each(['first.yaml', 'second.yaml', 'third.yaml'])('short articles of %s', (file) => {
  it.each(casesOf(file).map((one) => [one.t, one] as const))('%s', (_, one) => {
    const reading = readingOf(one);
    const count = (kind: string) => reading.quantities.filter((each) => each.kind === kind).map(({ value }) => value);
    if (one.rel !== null) expect(reading.relevant).toBe(one.rel);
    if (one.recv) expect(sorted(reading.countries.receiving)).toEqual(sorted(one.recv));
    if (one.nat) expect(sorted(reading.countries.nationality)).toEqual(sorted(one.nat));
    if (one.ban) expect(sorted(reading.countries.banned)).toEqual(sorted(one.ban));
    if (one.stage) expect(one.stage).toContain(reading.stage);
    if (one.topic) expect(reading.topics).toContain(one.topic);
    if (one.from) expect(sorted(reading.originators.map(({ name }) => name))).toEqual(sorted(one.from));
    for (const kind of ['cap', 'people', 'money'] as const) if (one[kind]) expect(count(kind)).toContain(one[kind]);
    if (one.nocomment)
      expect(reading.comments.map(({ who, said }) => `${said} ${who}`).join()).toContain(one.nocomment);
    if (one.court) expect(reading.cases.join()).toContain(one.court);
    if (one.eff) expect(reading.effectiveDate).toBe(one.eff);
    if (one.cert) expect(reading.certainty).toBe(one.cert);
  });
});
