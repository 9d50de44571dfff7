import { describe, expect, it } from 'vitest';
import type { ParsedFeed } from '../../../src/core/article.ts';
import { federalRegister } from '../../../src/feeds/kinds/federal-register/federal-register.ts';

const url = 'https://www.federalregister.gov/api/v1/documents.json?conditions%5Btype%5D%5B%5D=PRESDOCU';

const proclamation = {
  document_number: '2025-10669',
  citation: '90 FR 24497',
  title: 'Restricting the Entry of Foreign Nationals',
  abstract: null,
  publication_date: '2025-06-10',
  signing_date: '2025-06-04',
  type: 'Presidential Document',
  subtype: 'Proclamation',
  proclamation_number: '10949',
  html_url: 'https://www.federalregister.gov/documents/2025/06/10/2025-10669/entry',
  pdf_url: 'https://www.govinfo.gov/content/pkg/FR-2025-06-10/pdf/2025-10669.pdf',
  agencies: [{ name: 'Executive Office of the President' }, { raw_name: 'Office <of> Tests' }],
};

function read(body: unknown): Promise<ParsedFeed> {
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  return federalRegister.read(bytes, 'application/json', {}, url);
}

describe('federal-register', () => {
  it('tells number, citation, kind, signing and publication of each document', async () => {
    const { items, title } = await read({ count: 1, description: 'Presidential documents', results: [proclamation] });
    expect(title).toBe('Presidential documents');
    expect(items[0]).toMatchObject({
      id: '2025-10669',
      title: 'Restricting the Entry of Foreign Nationals',
      link: proclamation.html_url,
      publishedAt: '2025-06-10T00:00:00.000Z',
      author: 'Executive Office of the President, Office <of> Tests',
      summary: null,
    });
    for (const fact of [
      '90 FR 24497',
      'Proclamation: 10949',
      'Signed: 2025-06-04',
      'Published: 2025-06-10',
      'Document type: Proclamation',
    ]) {
      expect(items[0]?.content).toContain(fact);
    }
    expect(items[0]?.content).toContain(proclamation.pdf_url);
  });

  it('dates a document on public inspection by its filing', async () => {
    const row = {
      ...proclamation,
      filed_at: '2025-06-09T08:45:00.000-04:00',
      title: null,
      abstract: 'Fees & <forms>.',
    };
    const { items } = await read({ results: [row] });
    expect(items[0]).toMatchObject({
      publishedAt: '2025-06-09T12:45:00.000Z',
      title: null,
      summary: 'Fees &amp; &lt;forms&gt;.',
    });
  });

  it('reads a single document', async () => {
    expect((await read(proclamation)).items.map(({ id }) => id)).toEqual(['2025-10669']);
  });

  it('keeps the sound documents of a list with damaged ones', async () => {
    const { items } = await read({
      results: [{ title: 'No number' }, 7, null, { ...proclamation, agencies: 'x', abstract: 3 }],
    });
    expect(items.map(({ id, author }) => [id, author])).toEqual([['2025-10669', null]]);
  });

  it('keeps the documents before the cut of an answer that is too large, and says so', async () => {
    const listed = Array.from({ length: 40 }, (_, n) => ({ ...proclamation, document_number: `n-${n}` }));
    const large = `{"results":[${[...listed, { document_number: 'last', abstract: 'x'.repeat(16_000_000) }].map((one) => JSON.stringify(one)).join(',')}]}`;
    const { items, truncated } = await read(large);
    expect([items.length, truncated]).toEqual([40, true]);
  });

  it('reads the RSS form as a feed', async () => {
    const rss = '<rss version="2.0"><channel><title>Register</title><item><title>Rule</title></item></channel></rss>';
    expect((await read(rss)).items.map(({ title }) => title)).toEqual(['Rule']);
  });

  it('takes a search that finds nothing, which has no list, for what it is', async () => {
    expect((await read({ count: 0, description: 'Documents from nobody' })).items).toEqual([]);
  });

  it('tells an answer without documents from one that cannot be read', async () => {
    await expect(read({ errors: { id: 'unknown' } })).rejects.toMatchObject({ kind: 'changed', code: 'no-results' });
    await expect(read('{"results": [')).rejects.toMatchObject({ kind: 'malformed', code: 'not-json' });
  });
});
