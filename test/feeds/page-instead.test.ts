import { expect, it } from 'vitest';
import { pageInstead } from '../../src/feeds/page-instead.ts';

const code = (text: string, type = 'text/html'): string | null => pageInstead(Buffer.from(text), type)?.code ?? null;

it.each([
  ['<!DOCTYPE html><title>Just a moment...</title>', 'challenge-page'],
  ['\n <html><body>Please verify you are human</body>', 'challenge-page'],
  [
    '<?xml version="1.0"?>\n<!-- x -->\n<html xmlns="http://www.w3.org/1999/xhtml"><body>Access Denied</body></html>',
    'challenge-page',
  ],
  ['<!doctype html><h1>Page not found</h1>', 'html-page'],
  ['<h1>Hello</h1>', 'html-page'],
  ['<?xml version="1.0"?><rss version="2.0"><channel><item><title>Captcha law: access denied</title>', null],
  ['<html><body><rss><channel></channel></rss></body></html>', null],
  ['{"items": [{"title": "captcha"}]}', null],
  ['﻿[{"a": 1}]', null],
  ['<feed xmlns="http://www.w3.org/2005/Atom">', null],
  ['<rdf:RDF xmlns="http://purl.org/rss/1.0/">', null],
])('%s is %s', (text, expected) => {
  expect(code(text)).toBe(expected);
});

it('a feed served as text/html is no page, nor is UTF-16', () => {
  expect(code('<rss>', 'text/html')).toBeNull();
  expect(pageInstead(Buffer.from('<?xml version="1.0"?><rss></rss>', 'utf16le'), 'text/html')).toBeNull();
  expect(code('plain words', 'text/plain')).toBeNull();
});
