import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSources } from '../../src/config/sources.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const shipped = loadSources(read('../../config/sources.yaml'), 'config/sources.yaml');

describe('the shipped sources', () => {
  it('each say why they are here; the disabled ones why they are disabled', () => {
    for (const source of shipped) expect(source.note, source.id).toMatch(source.enabled ? /\w{3}/ : /^Disabled/);
  });

  it('cover the languages of those affected', () => {
    const languages = new Set(shipped.map((source) => source.language));
    for (const language of ['es', 'fr', 'pt', 'ar', 'sr', 'bs', 'hr', 'sq', 'ht', 'fa', 'so'])
      expect(languages).toContain(language);
  });

  const facts = new URL('../../../shared/facts/feeds.csv', import.meta.url);
  it.skipIf(!existsSync(facts))('hold every known feed (needs the shared facts beside the repository)', () => {
    const known = readFileSync(facts, 'utf8').match(/,https?:\/\/[^,"\s]+/g) ?? [];
    const urls = new Set(shipped.map((source) => source.url));
    expect(known.length).toBeGreaterThan(40);
    expect(known.map((url) => url.slice(1)).filter((url) => !urls.has(url))).toEqual([]);
  });
});

describe('a mistake names file, line, what was found and what would do', () => {
  const entry = (fields: Record<string, string>): string =>
    Object.entries({
      id: 'a',
      name: 'A',
      url: 'https://a.org/feed',
      kind: 'news',
      publisher: 'A',
      language: 'en',
      note: 'test',
      ...fields,
    })
      .map(([name, value], at) => `${at === 0 ? '  - ' : '    '}${name}: ${value}`)
      .join('\n');
  const file = (...entries: string[]): string => `sources:\n${entries.join('\n')}\n`;

  it.each([
    ['an unknown kind', file(entry({ kind: 'gossip' })), /s\.yaml:5.*kind.*gossip/],
    ['no address', file(entry({ url: 'feeds/a' })), /s\.yaml:4.*url.*feeds\/a.*full http/],
    ['credentials', file(entry({ url: 'https://u:p@a.org/' })), /without user name/],
    ['an id with spaces', file(entry({ id: 'Big News' })), /s\.yaml:2.*small letters/],
    ['an unknown field', file(entry({ evry: '5' })), /s\.yaml:2.*evry/],
    ['a page without selector', file(entry({ format: 'page' })), /selector/],
    ['an id that stands twice', file(entry({}), entry({ url: 'https://b.org/' })), /s\.yaml:9.*stands once/],
    [
      'an address that stands twice',
      file(entry({}), entry({ id: 'b', url: 'http://www.a.org/feed/' })),
      /s\.yaml:11.*a has this one too/,
    ],
    ['broken YAML', 'sources:\n  - id: [', /s\.yaml:2/],
  ])('%s', (_, text, expected) => {
    expect(() => loadSources(text, 's.yaml')).toThrow(expected);
  });

  it('an empty file is no source, and no mistake', () => {
    expect(loadSources('', 's.yaml')).toEqual([]);
    expect(loadSources(file(entry({})), 's.yaml')).toMatchObject([{ id: 'a', format: 'feed', enabled: true }]);
  });
});
