import { escapeText } from 'entities';
import { z } from 'zod';
import type { FeedItem, ParsedFeed } from '../../../core/article.ts';
import { SourceError } from '../../../core/errors.ts';
import { parseDate } from '../../dates.ts';
import { decodeDocument } from '../../decode.ts';
import { wholeObjects } from '../../extract/json-salvage.ts';
import { maxBytes, maxField, maxItems } from '../../limits.ts';
import { parseFeed } from '../../parse.ts';
import type { SourceKindReader } from '../kind.ts';

const text = z.string().max(maxField).nullish().catch(null);

/** A document of the Federal Register's API (v1), published or on public inspection. Unknown fields are ignored. */
const RegisterDocument = z.object({
  document_number: z.string().min(1).max(100),
  citation: text,
  title: text,
  abstract: text,
  publication_date: text,
  signing_date: text,
  effective_on: text,
  filed_at: text,
  type: text,
  subtype: text,
  html_url: text,
  pdf_url: text,
  proclamation_number: z.union([z.string(), z.number()]).nullish().catch(null),
  executive_order_number: z.union([z.string(), z.number()]).nullish().catch(null),
  agencies: z
    .array(z.object({ name: text, raw_name: text }).nullable().catch(null))
    .nullish()
    .catch(null),
});
type RegisterDocument = z.infer<typeof RegisterDocument>;

/** Where nothing is found, the API leaves the list out. */
const Answer = z.union([
  z.object({ results: z.array(z.unknown()), description: text }),
  z.object({ count: z.literal(0), description: text }).transform(({ description }) => ({ results: [], description })),
]);

/** What the document is, as lines of `name: value`. */
function facts(document: RegisterDocument): [string, string][] {
  const rows: [string, string | number | null | undefined][] = [
    ['Document type', document.subtype ?? document.type],
    ['Federal Register document', document.document_number],
    ['Citation', document.citation],
    ['Proclamation', document.proclamation_number],
    ['Executive Order', document.executive_order_number],
    ['Signed', document.signing_date],
    ['Published', document.publication_date],
    ['Effective', document.effective_on],
  ];
  return rows.flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
  );
}

function contentOf(document: RegisterDocument): string {
  const lines = facts(document).map(([name, value]) => `${name}: ${escapeText(value)}`);
  const abstract = document.abstract ? `<p>${escapeText(document.abstract)}</p>` : '';
  const pdf = document.pdf_url ? `<p><a href="${escapeText(document.pdf_url)}">PDF</a></p>` : '';
  return `${abstract}<p>${lines.join('<br>')}</p>${pdf}`;
}

function itemOf(row: unknown): FeedItem[] {
  const parsed = RegisterDocument.safeParse(row);
  if (!parsed.success) return [];
  const document = parsed.data;
  const agencies = (document.agencies ?? []).flatMap((agency) => agency?.name ?? agency?.raw_name ?? []);
  return [
    {
      id: document.document_number,
      title: document.title?.trim() || null,
      link: document.html_url ?? document.pdf_url ?? null,
      // On public inspection a document is out before the day it is published on.
      publishedAt: parseDate(document.filed_at ?? document.publication_date ?? ''),
      updatedAt: null,
      author: agencies.length === 0 ? null : agencies.join(', '),
      summary: document.abstract ? escapeText(document.abstract) : null,
      content: contentOf(document),
    },
  ];
}

function fault(kind: 'malformed' | 'changed', code: string, what: string): SourceError {
  return new SourceError(
    kind,
    code,
    what,
    'Ask the address with a browser; the API is described at federalregister.gov/developers',
  );
}

/** Of an answer that was cut off, the documents before the cut. */
function parseJson(body: string, url: string, tooLong: boolean): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    const results = tooLong ? wholeObjects(body, 'results') : null;
    if (results !== null) return { results };
    throw new SourceError(
      'malformed',
      'not-json',
      `${url} answered with JSON that cannot be read`,
      'It is asked again at the next poll',
      { cause },
    );
  }
}

function readDocuments(body: string, url: string, tooLong: boolean): ParsedFeed {
  const answer = parseJson(body, url, tooLong);
  const listed = Answer.safeParse(answer);
  const single = RegisterDocument.safeParse(answer);
  if (!listed.success && !single.success) {
    throw fault('changed', 'no-results', `${url} answered without a list of documents`);
  }
  const rows = listed.success ? listed.data.results : [answer];
  const truncated = tooLong || rows.length > maxItems;
  return {
    title: (listed.success ? listed.data.description : null) ?? 'Federal Register',
    link: 'https://www.federalregister.gov/',
    items: rows.slice(0, maxItems).flatMap(itemOf),
    ...(truncated ? { truncated } : {}),
  };
}

/**
 * The Federal Register's JSON API: `documents.json` searches, public inspection, and single documents. Its RSS form is
 * read as the feed it is.
 */
export const federalRegister: SourceKindReader = {
  format: 'federal-register',
  async read(bytes, contentType, _source, url) {
    const body = decodeDocument(bytes.subarray(0, maxBytes), contentType).trim();
    if (!/^[[{]/.test(body)) return await parseFeed(bytes, contentType, url);
    return readDocuments(body, url, bytes.length > maxBytes);
  },
};
