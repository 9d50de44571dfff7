import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { atOnce } from '../../src/lib/gently.ts';
import { loadingReaderData, loadReaderData } from '../../src/stories/reader-data.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reader-data-'));
  cpSync('config', folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function messageOf(): string {
  try {
    loadReaderData(folder);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('the word lists of the config folder', () => {
  it.each([['topics.yaml'], ['publishers.yaml'], ['boilerplate.yaml'], ['provenance.yaml'], ['reading/legal.yaml']])(
    'name file and line of broken YAML in %s, in one line, with what to do',
    (name) => {
      writeFileSync(join(folder, name), 'first: 1\nsecond: [1, 2\nthird: 3\n');
      const message = messageOf();
      expect(message).toMatch(new RegExp(`${name.replace('.', '\\.')}:\\d+`));
      expect(message).toContain('Mend the YAML at this line');
      expect(message).not.toContain('YAMLParseError');
      expect(message.split('\n')).toHaveLength(1);
    },
  );

  it('name the line of a value that is not as expected', () => {
    writeFileSync(join(folder, 'reading', 'context.yaml'), 'usState: [Georgia]\ngeorgiaCountry: 7\n');
    expect(messageOf()).toMatch(/context\.yaml:2: .*georgiaCountry/);
  });

  it('may each be the operator’s own, with all others the shipped ones', () => {
    const [topics, context] = ['topics.yaml', 'reading/context.yaml'];
    const own = new Set([topics, context]);
    writeFileSync(join(folder, topics), readFileSync(join('config', topics), 'utf8').replace('title: 2', 'title: 7'));
    const found = atOnce(loadingReaderData((name) => (own.has(name) ? folder : 'config')));
    expect(found.topics.weights.title).toBe(7);
    rmSync(join(folder, context));
    expect(() => atOnce(loadingReaderData((name) => (own.has(name) ? folder : 'config')))).toThrow(/context\.yaml/);
  });

  it('name a file that is missing', () => {
    rmSync(join(folder, 'topics.yaml'));
    expect(messageOf()).toMatch(/topics\.yaml: it cannot be read.*Put back the file/);
  });
});
