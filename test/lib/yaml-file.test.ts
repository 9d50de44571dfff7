import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { parseYaml } from '../../src/lib/yaml-file.ts';

const anything = z.unknown();
const shipped = readdirSync('config', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));

describe('parseYaml', () => {
  it.each(shipped)('reads %s as YAML 1.2 says', (name) => {
    const text = readFileSync(join('config', name), 'utf8');
    expect(parseYaml(anything, text, name)).toEqual(parseDocument(text, { merge: true }).toJS());
  });

  it.each([
    ['a day', 'on: 2026-03-01', { on: '2026-03-01' }],
    ['words that once meant true', 'a: yes\nb: off', { a: 'yes', b: 'off' }],
    ['merged keys', 'base: &b { x: 1 }\nmore: { <<: *b, y: 2 }', { base: { x: 1 }, more: { x: 1, y: 2 } }],
    ['digits with underscores, where words are wanted', 'id: 1_000', { id: '1_000' }],
    ['nothing at all', '# only a comment', {}],
  ])('reads %s', (_, text, value) => {
    const words = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.unknown())]));
    expect(parseYaml(words, text, 'x.yaml')).toEqual(value);
  });

  it('names the line of what is broken, of what is twice, and of what a schema refuses', () => {
    const schema = z.strictObject({ a: z.number(), b: z.number().optional() });
    expect(() => parseYaml(schema, 'a: 1\nb: [', 'x.yaml')).toThrow(/x\.yaml:2/);
    expect(() => parseYaml(schema, 'a: 1\na: 2', 'x.yaml')).toThrow(/x\.yaml:2/);
    expect(() => parseYaml(schema, 'a: 1\nb: two', 'x.yaml')).toThrow(/x\.yaml:2.*two/);
  });
});
