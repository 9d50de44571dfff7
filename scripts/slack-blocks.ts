// Writes test/fakes/slack/blocks.schema.json: Block Kit as @slack/types has it, with the limits that its comments tell.
// A test fails when it differs from what the installed version says. Run: npx tsx scripts/slack-blocks.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

type Json = Record<string, unknown>;

const types = new URL('../node_modules/@slack/types/', import.meta.url);
export const schemaFile = new URL('../test/fakes/slack/blocks.schema.json', import.meta.url);

/** The schema's text; `definitions` holds one for each block, element and view. */
export function blockSchema(): string {
  const generator = createGenerator({
    path: new URL('dist/index.d.ts', types).pathname,
    type: 'View',
    skipTypeCheck: true,
  });
  const { definitions } = generator.createSchema('View');
  const version: unknown = JSON.parse(readFileSync(new URL('package.json', types), 'utf8')).version;
  const schema = { $comment: `@slack/types ${String(version)}`, definitions: lifted(definitions) };
  return `${JSON.stringify(schema, null, 1)}\n`;
}

/** The same schema with the limits of its descriptions as keywords, and without the descriptions. */
function lifted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lifted);
  if (typeof value !== 'object' || value === null) return value;
  const description = Reflect.get(value, 'description');
  // A property may be called so, too: then it is no text.
  const kept = Object.entries(value).filter(([name, one]) => name !== 'description' || typeof one !== 'string');
  const inside = Object.fromEntries(kept.map(([name, one]) => [name, lifted(one)]));
  return typeof description === 'string' ? withLimits(inside, description.replaceAll(/\{@link[^}]*\}/g, '')) : inside;
}

function withLimits(schema: Json, description: string): Json {
  const words = description.replaceAll(/\s+/g, ' ');
  if (schema['type'] === 'array') return { ...schema, ...itemLimits(schema, words) };
  if (schema['type'] !== 'string' && schema['$ref'] === undefined && schema['anyOf'] === undefined) return schema;
  const length = lengthLimits(words);
  if (Object.keys(length).length === 0) return schema;
  return schema['type'] === 'string' ? { ...schema, ...length } : { allOf: [schema, { properties: { text: length } }] };
}

function lengthLimits(words: string): Json {
  const most = /(?:max(?:imum)? length|limit)[^.]*?([\d,]+) characters/i.exec(words)?.[1];
  const below = /less than ([\d,]+) characters/i.exec(words)?.[1];
  const least = /minimum length[^.]*? is (\d+)/i.exec(words)?.[1];
  return {
    ...(most === undefined ? {} : { maxLength: numberOf(most) }),
    ...(below === undefined ? {} : { maxLength: numberOf(below) - 1 }),
    ...(least === undefined ? {} : { minLength: numberOf(least) }),
  };
}

function itemLimits(schema: Json, words: string): Json {
  const most = /(?:maximum (?:number of [\w ]+ is |of )?|up to )(\d+)/i.exec(words)?.[1];
  const text = /text in each item is (\d+) characters/i.exec(words)?.[1];
  return {
    minItems: 1,
    ...(most === undefined ? {} : { maxItems: numberOf(most) }),
    ...(text === undefined
      ? {}
      : { items: { allOf: [schema['items'], { properties: { text: { maxLength: numberOf(text) } } }] } }),
  };
}

function numberOf(digits: string): number {
  return Number(digits.replaceAll(',', ''));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(schemaFile, blockSchema());
