import { describe, expect, it } from 'vitest';
import { innerBase, resolveHtml, resolveLink } from '../../../src/feeds/extract/links.ts';

const base = 'https://desk.example/news/index.html';

describe('resolveLink', () => {
  it.each([
    ['https://other.example/a b', 'https://other.example/a%20b'],
    ['https://other.example/x?a=1&b=2#c', 'https://other.example/x?a=1&b=2#c'],
    ['/rooted/path?x=1', 'https://desk.example/rooted/path?x=1'],
    ['/a/../b', 'https://desk.example/b'],
    ['//other.example/x', 'https://other.example/x'],
    ['next.html', 'https://desk.example/news/next.html'],
    ['?page=2', 'https://desk.example/news/index.html?page=2'],
    [' \n/a\t ', 'https://desk.example/a'],
    ['mailto:a@desk.example', 'mailto:a@desk.example'],
    ['http://[bad', 'http://[bad'],
    ['https://desk.example/\n    a\n    b', 'https://desk.example/ab'],
    ['www.other.example/x', 'https://www.other.example/x'],
    ['  ', null],
  ])('%s', (link, whole) => {
    expect(resolveLink(link, base)).toBe(whole);
  });

  it('leaves the outer base where the inner one is none', () => {
    expect(innerBase('http://[bad', base)).toBe(base);
    expect(innerBase('../x/', base)).toBe('https://desk.example/x/');
  });
});

describe('resolveHtml', () => {
  it.each([
    ['<a href="/x?a=1&amp;b=2">x</a>', '<a href="https://desk.example/x?a=1&amp;b=2">x</a>'],
    ["<img class=y src='p.png'>", '<img class=y src="https://desk.example/news/p.png">'],
    ['<a href=/x>x</a> href="/y"', '<a href="https://desk.example/x">x</a> href="/y"'],
    ['<a href="https://a.example/">x</a>', '<a href="https://a.example/">x</a>'],
    ['<a href="#note">x</a>', '<a href="#note">x</a>'],
    ['no markup at all', 'no markup at all'],
  ])('%s', (html, resolved) => {
    expect(resolveHtml(html, base)).toBe(resolved);
  });
});
