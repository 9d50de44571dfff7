import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '../core/errors.ts';
import { yamlTree } from './on-demand.ts';

/** More at once than one wants to read: most are one mistake made often. */
const mostTold = 10;

/**
 * Reads YAML against a schema. Throws ConfigError naming file, line and setting, what was found and what would do.
 * The first ten problems of a file are told at once, one a line.
 */
export function parseYaml<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.output<Schema> {
  // A fifth of the time, of which a start has little; what it does not take is read again by who knows the lines.
  const found = quicklyRead(text);
  const quick = found === undefined ? undefined : schema.safeParse(found);
  return quick?.success ? quick.data : parseWithLines(schema, text, file);
}

/** Undefined for what it reads otherwise than the other reader does, or not at all: merged keys, broken files. */
function quicklyRead(text: string): unknown {
  if (text.includes('<<')) return undefined;
  try {
    return load(text, { schema: CORE_SCHEMA }) ?? {};
  } catch {
    return undefined;
  }
}

function parseWithLines<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.output<Schema> {
  const { LineCounter, parseDocument } = yamlTree();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const broken = document.errors[0];
  if (broken) {
    const at = lines.linePos(broken.pos[0]);
    throw new ConfigError(
      `${file}:${at.line}`,
      firstLine(broken.message),
      'Mend the YAML at this line (indentation, quotes and colons are the usual causes)',
    );
  }
  const found: unknown = document.toJS();
  const result = schema.safeParse(found ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const node = nearestNode(document, issue.path);
    const line = node === null ? 1 : lines.linePos(node).line;
    return {
      line,
      name: issue.path.map(String).join('.') || 'the file',
      message: describe(issue, valueAt(found, issue.path)),
    };
  });
  const first = problems[0];
  if (!first) throw new ConfigError(file, 'is not as expected', 'Compare it with the shipped file');
  const others = problems
    .slice(1, mostTold)
    .map((problem) => `Also ${file}:${problem.line}: ${problem.name}: ${problem.message}.`);
  if (problems.length > mostTold) others.push(`And ${problems.length - mostTold} more in this file.`);
  throw new ConfigError(
    `${file}:${first.line}`,
    `${first.name}: ${first.message}`,
    others.join('\n') || 'Change it there and start again',
  );
}

/** Reads a shipped YAML file against a schema. Throws ConfigError like `parseYaml`, and when it cannot be read. */
export function readYamlFile<Schema extends z.ZodType>(schema: Schema, file: string): z.output<Schema> {
  return parseYaml(schema, textOf(file), file);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, 'it cannot be read', 'Put back the file that came with the program', { cause: error });
  }
}

/** What is wrong with a value and what would do, in one line. */
export function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const shown = value === undefined ? 'it is missing' : `found ${shorten(value)}`;
  return `${shown}; ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).replace(/:$/, '').replace(/ at line \d+, column \d+$/, '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** Offset of the innermost node that exists on the path: a missing key is reported at its parent. */
function nearestNode(document: Document, path: readonly PropertyKey[]): number | null {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (yamlTree().isNode(node) && node.range) return node.range[0];
  }
  return null;
}
