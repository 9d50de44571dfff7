import { z } from 'zod';
import { sourceKinds } from '../core/article.ts';
import type { SourceConfig } from '../core/source-ports.ts';
import { canonicalUrl, parseHttpUrl } from '../lib/url.ts';
import { parseYaml } from './yaml-file.ts';

const words = z.string().trim().min(1, 'Give some words');

/** One source as config/sources.yaml writes it; the file's header says what each field means. */
export const SourceEntry = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens'),
    name: words,
    url: z.string().refine(isPlainUrl, 'Give a full http or https address without user name or password'),
    format: z.enum(['feed', 'federal-register', 'page']).default('feed'),
    kind: z.enum(sourceKinds),
    publisher: words,
    language: z.string().regex(/^[a-z]{2,3}$/, 'Give an ISO 639 code in small letters, such as en or sr'),
    every: z
      .number()
      .min(1)
      .max(24 * 60)
      .optional(),
    enabled: z.boolean().default(true),
    note: words.default(''),
    headers: z
      .record(z.string().regex(/^[A-Za-z0-9-]+$/, 'Header names are letters, digits and hyphens'), z.string())
      .optional(),
    selector: words.optional(),
    allowPrivate: z.boolean().optional(),
  })
  .refine((entry) => (entry.format === 'page') === (entry.selector !== undefined), {
    message: 'Give `selector` with format page, and only there',
  })
  .refine((entry) => entry.enabled || entry.note !== '', { message: 'Say in `note` why it is disabled' });
export type SourceEntry = z.infer<typeof SourceEntry>;

export const SourcesFile = z.strictObject({
  sources: z.array(SourceEntry).default([]).superRefine(noteRepeats),
});
export type SourcesFile = z.infer<typeof SourcesFile>;

function isPlainUrl(text: string): boolean {
  const url = parseHttpUrl(text);
  return url !== null && url.username === '' && url.password === '';
}

function noteRepeats(entries: readonly SourceEntry[], context: z.RefinementCtx): void {
  for (const field of ['id', 'url'] as const) {
    const seen = new Map<string, number>();
    for (const [at, entry] of entries.entries()) {
      const value = field === 'url' ? (canonicalUrl(entry.url) ?? entry.url) : entry.id;
      const first = seen.get(value);
      if (first === undefined) seen.set(value, at);
      else {
        const message = `Every ${field} stands once; ${entries[first]?.id} has this one too`;
        context.addIssue({ code: 'custom', message, path: [at, field], input: entry[field] });
      }
    }
  }
}

/** The configured sources. Throws ConfigError naming file and line, what was found and what would do. */
export function loadSources(text: string, file: string): SourceConfig[] {
  return parseYaml(SourcesFile, text, file).sources.map(
    ({ every, headers, selector, allowPrivate, ...entry }): SourceConfig => ({
      ...entry,
      ...(every === undefined ? {} : { every }),
      ...(headers === undefined ? {} : { headers }),
      ...(selector === undefined ? {} : { selector }),
      ...(allowPrivate === undefined ? {} : { allowPrivate }),
    }),
  );
}
