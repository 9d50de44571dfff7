import { basename, extname } from 'node:path';
import type { Command as Program } from 'commander';
import type { RawArticle } from '../core/article.ts';
import { UsageError } from '../core/errors.ts';
import { isoAt } from '../lib/clock.ts';
import type { ClassifyRow } from '../stories/classify.ts';
import { withApp } from './app-session.ts';
import { readTextFile } from './files.ts';
import { type CliIo, writeJson, writeLine } from './io.ts';
import { printMessage } from './print.ts';
import type { Outcome } from './program.ts';

/** `ingest FILE…` and `classify FILE.jsonl`. */
export function addArticles(program: Program, io: CliIo, outcome: Outcome): void {
  program
    .command('ingest')
    .description('Take saved articles into the stories: HTML, text, or JSONL (one article a line)')
    .argument('<files...>', 'files to read')
    .option('--json', 'the stories that the articles are in, after the last file')
    .action(async (files: string[], options: { json?: boolean }) => {
      const raw = files.flatMap((file) => readArticles(file, Date.now()));
      await withApp(io, async (app) => {
        const ids = await app.ingestFiles(raw);
        const stories = (await Promise.all(ids.map((id) => app.store.stories.story(id)))).filter(
          (story) => story !== null,
        );
        if (options.json)
          writeJson(io.stdout, {
            version: 1,
            stories: await Promise.all(stories.map((story) => app.services.storyJson(story))),
          });
        else for (const story of stories) printMessage(io, await app.services.storyMessage(story));
        if (stories.length === 0) writeLine(io.stderr, 'None of these articles tells a development that is tracked.');
        outcome.code = 0;
      });
    });
  program
    .command('classify')
    .description(
      'Read rows {id, url, publisher, title, published, text or html, language} and say what each tells; keeps nothing',
    )
    .argument('<file>', 'a JSONL file, or - for standard input')
    .option('--all', 'put irrelevant rows into stories too')
    .option('--use <field>', 'text: read the text field even where html is given')
    .option('--json', 'JSON lines (the default)')
    .action(async (file: string, options: { all?: boolean; use?: string }) => {
      if (options.use !== undefined && options.use !== 'text')
        throw new UsageError(`--use takes “text”, not “${options.use}”.`);
      const rows = readRows(file);
      await withApp(
        io,
        async (app) => {
          const { classifyRows } = await import('../stories/classify.ts');
          const told = classifyRows(rows, await app.classifier({ allForms: options.all === true }), {
            all: options.all === true,
            useText: options.use === 'text',
            now: isoAt(app.clock.now()),
          });
          for (const row of told) writeLine(io.stdout, JSON.stringify(row));
        },
        { memory: true },
      );
    });
}

function readRows(file: string): ClassifyRow[] {
  return readTextFile(file)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [readRow(line, file, index + 1)]));
}

function readRow(line: string, file: string, number: number): ClassifyRow {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row;
  } catch {
    // told below, with the line's number
  }
  throw new UsageError(
    `${file}:${number}: not a JSON object. Each line must be one, such as {"id":"1","title":"…","text":"…"}.`,
  );
}

function readArticles(file: string, now: number): RawArticle[] {
  const text = readTextFile(file);
  const extension = extname(file).toLowerCase();
  if (extension === '.jsonl' || extension === '.ndjson')
    return readRows(file).map((row, index) => fromRow(row, index + 1, now));
  const html =
    /^\s*(<!doctype html|<html|<article|<p|<div)/i.test(text) || extension === '.html' || extension === '.htm';
  return [{ ...emptyArticle(basename(file), now), ...(html ? { html: text } : { text }) }];
}

function fromRow(row: ClassifyRow, line: number, now: number): RawArticle {
  const text = (name: string): string | null => {
    const value: unknown = Reflect.get(row, name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return {
    ...emptyArticle(text('id') ?? String(line), now),
    url: text('url'),
    publisher: text('publisher') ?? text('outlet'),
    title: text('title'),
    html: text('html'),
    text: text('text'),
    publishedAt: text('published'),
    language: text('language'),
  };
}

function emptyArticle(id: string, now: number): RawArticle {
  return {
    id,
    url: null,
    publisher: null,
    sourceId: null,
    sourceKind: 'news',
    title: null,
    html: null,
    text: null,
    publishedAt: null,
    updatedAt: null,
    language: null,
    author: null,
    arrivedAt: isoAt(now),
  };
}
