import { describe, expect, it } from 'vitest';
import type { ParsedFeed } from '../../../src/core/article.ts';
import { page } from '../../../src/feeds/kinds/page/page.ts';

const url = 'https://office.example/news/index.html';

function read(html: string, selector?: string): Promise<ParsedFeed> {
  return page.read(new TextEncoder().encode(html), 'text/html', selector === undefined ? {} : { selector }, url);
}

describe('page', () => {
  it('reads links under the selector, in order, absolute, once each', async () => {
    const { items, title, link } = await read(
      `<title>Visa News | Office</title><nav><a href="/home">Home</a></nav><ul class="list">
       <li><a href="visas-paused.html">Visas   paused</a></li>
       <li><a href="https://other.example/x?a=1&amp;b=2#top">Other <b>site</b></a></li>
       <li><a href="./visas-paused.html#more">Read more</a></li></ul>`,
      'ul.list',
    );
    expect([title, link]).toEqual(['Visa News | Office', url]);
    expect(items.map((item) => [item.title, item.link, item.id])).toEqual([
      [
        'Visas paused',
        'https://office.example/news/visas-paused.html',
        'https://office.example/news/visas-paused.html',
      ],
      ['Other site', 'https://other.example/x?a=1&b=2', 'https://other.example/x?a=1&b=2'],
    ]);
  });

  it('minds the base element and leaves out what leads nowhere', async () => {
    const { items } = await read(
      `<base href="/archive/"><main><a href="one">One</a><a href="#here">Here</a><a href="mailto:a@office.example">Mail</a>
       <a href="javascript:void(0)">Script</a><a href="two"><img alt="Two"></a><a href="three"></a></main>`,
    );
    expect(items.map((item) => [item.title, item.link])).toEqual([
      ['One', 'https://office.example/archive/one'],
      ['Two', 'https://office.example/archive/two'],
    ]);
  });

  it.each([
    [
      '<li><a href="x">Notice</a> <time datetime="2025-06-09T10:00:00-04:00">Monday</time></li>',
      '2025-06-09T14:00:00.000Z',
    ],
    ['<li>June 9, 2025 <a href="x">Notice</a></li>', '2025-06-09T00:00:00.000Z'],
    ['<li><span>9 June 2025</span> <a href="x">Notice</a></li>', '2025-06-09T00:00:00.000Z'],
    ['<li><a href="x">Notice (06/09/2025)</a></li>', '2025-06-09T00:00:00.000Z'],
    ['<li><a href="x">Notice of 2025-06-09</a></li>', '2025-06-09T00:00:00.000Z'],
    ['<li><a href="x">Notice 12 of 2025</a></li>', null],
  ])('finds the date near a link: %s', async (html, date) => {
    const { items } = await read(`<main><ul>${html}<li>January 1, 2001 <a href="y">Other</a></li></ul></main>`, 'li a');
    expect(items[0]?.publishedAt).toBe(date);
  });

  it('takes an entry’s heading where its link says nothing, each address once, and words apart', async () => {
    const text = 'Visas are not issued to nationals of the countries that are listed below.';
    const { items } = await read(
      `<main><div class="item"><h2>Visas paused</h2><p>${text}</p><a href="n/1">Read more</a><a href="n/1?utm_source=x">Share it</a></div></main>`,
      'main a',
    );
    expect(items.map(({ title, link }) => [title, link])).toEqual([['Visas paused', expect.stringMatching(/n\/1$/)]]);
    expect(items[0]?.summary).toContain(`${text} Read more`);
  });

  it('says when the selector is wrong, or finds nothing any more', async () => {
    await expect(read('<a href="x">X</a>', 'a[[')).rejects.toMatchObject({ kind: 'malformed', code: 'bad-selector' });
    await expect(read('<a href="x">X</a>', '.gone a')).rejects.toMatchObject({ kind: 'changed', code: 'no-links' });
  });
});
