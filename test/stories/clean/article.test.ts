import { describe, expect, it } from 'vitest';
import { cleanArticle } from '../../../src/stories/clean/article.ts';
import { createFurniture } from '../../../src/stories/clean/furniture.ts';
import { createPublishers } from '../../../src/stories/publishers.ts';
import { rawArticle, readerData } from '../read-fixtures.ts';

const deps = {
  furniture: createFurniture(readerData.boilerplate),
  publishers: createPublishers(readerData.publishers),
};
const clean = (fields: Parameters<typeof rawArticle>[0]) => cleanArticle(rawArticle(fields), deps);

const lead =
  'Kiribati will take in up to ten people whom the United States deports, its president said on Monday evening.';
const more =
  'The first of them are expected after Easter, and a former clinic is being made ready for them on the main island.';

describe('an article from feed HTML', () => {
  it.each([
    ['related links', `<p>See also <a href="/x">Belgium rents cells abroad</a></p>`],
    ['a reading hint', `<p><em>Read next: <a href="/x">Finland digs up its trams</a></em></p>`],
    ['a Spanish hint', `<p><b>Lea también:</b> <a href="/x">Chile abre una biblioteca</a></p>`],
    ['a French hint', `<p><strong>À lire aussi :</strong> <a href="/x">Malte rêve d’un tunnel</a></p>`],
    ['a Serbian hint', `<p>Прочитајте још: <a href="/x">Нови воз</a></p>`],
    ['an Arabic hint', `<p>اقرأ أيضاً: <a href="/x">قطار جديد</a></p>`],
    ['a related box', `<h4>Related</h4><ul><li><a href="/1">Peru counts its potatoes again</a></li></ul>`],
    [
      'a newsletter box',
      `<div class="newsletter-signup"><h4>One mail a day</h4><p>Sign up for our newsletter.</p></div>`,
    ],
    ['a newsletter line', `<p>Subscribe to our newsletter and get the news straight to your inbox.</p>`],
    ['a share bar', `<p class="share"><a href="#s">Share</a> | <a href="#p">Print</a></p>`],
    ['tags', `<p class="tags">Filed under: <a href="/t">Pacific</a></p>`],
    [
      'a picture and its caption',
      `<figure><img src="a.jpg"/><figcaption>A beach in Estonia. Photo: Example</figcaption></figure>`,
    ],
    ['a post of a social network', `<blockquote class="twitter-tweet"><p>Look at Estonia</p>(@example)</blockquote>`],
    [
      'a feed’s closing line',
      `<p>The post <a href="/">Kiribati</a> appeared first on <a href="/">Example Ledger</a>.</p>`,
    ],
    ['a disclaimer', `<p><em>General information, not legal advice.</em></p>`],
    ['an advertisement', `<div class="ad"><small>Sponsored</small><p>Fly to Estonia for less.</p></div>`],
    [
      'a list of takeaways',
      `<h3>Key Takeaways</h3><ul><li>Estonia is not concerned.</li><li>Ten people come.</li></ul>`,
    ],
    ['a glossary', `<h3>Words to know</h3><p><b>Estonia</b> → A state on the Baltic Sea.</p>`],
    ['a script', `<script>document.write("Estonia")</script><style>p{}</style>`],
  ])('is freed from %s', (_about, furniture) => {
    const { text } = clean({ title: 'Kiribati agrees', html: `<p>${lead}</p>${furniture}<p>${more}</p>` });
    expect(text).toBe(`${lead}\n\n${more}`);
  });

  it('keeps byline and dateline as metadata', () => {
    const article = clean({
      title: 'Kiribati agrees',
      html: `<p class="byline">By Ana Example</p><p>SOUTH TARAWA (AP) — ${lead}</p>`,
    });
    expect(article).toMatchObject({ byline: 'Ana Example', dateline: 'SOUTH TARAWA (AP)', text: lead });
  });

  it('reads two line breaks as a paragraph', () => {
    expect(clean({ html: `${lead}<br/><br>${more}` }).text).toContain(`${lead}\n\n${more}`.slice(lead.length));
  });

  it('does not believe class names that would hide nearly everything', () => {
    const html = `<div class="post with-sidebar"><p>${lead}</p><p>${more}</p></div>`;
    expect(clean({ title: 'Kiribati agrees', html }).text).toBe(`${lead}\n\n${more}`);
  });

  it('takes the outlet off the headline', () => {
    expect(clean({ title: 'Kiribati agrees to host - Example Ledger', text: lead }).title).toBe(
      'Kiribati agrees to host',
    );
    expect(clean({ publisher: null, title: 'Kiribati agrees to host | Reuters', text: lead })).toMatchObject({
      title: 'Kiribati agrees to host',
      publisher: 'Reuters',
    });
    expect(clean({ title: 'kiribati_3_1', text: lead }).title).not.toContain('_');
    expect(clean({ title: 'Kiribati on US list — report', text: lead }).title).toBe('Kiribati on US list — report');
  });
});

describe('a saved page', () => {
  const page = `<!doctype html><html lang="en"><head><title>Kiribati agrees | Example Ledger</title><meta property="og:site_name" content="Example Ledger"><meta property="article:published_time" content="2026-03-02T08:00:00Z"></head><body><nav><a href="/">Home</a><a href="/w">Estonia weather 4 C</a></nav><main><article><h1>Kiribati agrees</h1><p>${lead}</p><p>${more}</p><p>${lead.replace('Monday', 'Tuesday')}</p></article></main><footer>All rights reserved Estonia</footer></body></html>`;

  it('gives its article, date and outlet', () => {
    const article = clean({ publisher: null, publishedAt: null, html: page });
    expect(article.text).toContain(lead);
    expect(article.text).not.toMatch(/Estonia|rights/);
    expect(article).toMatchObject({
      title: 'Kiribati agrees',
      publisher: 'Example Ledger',
      publishedAt: '2026-03-02T08:00:00.000Z',
      dated: 'told',
    });
  });
});

describe('a plain text', () => {
  it('finds the headline under a site’s header and other articles’ teasers', () => {
    const text = [
      '21.0 C',
      'Springfield',
      'Monday, March 2, 2026',
      '',
      'Why Did Estonia Close Its Port?',
      '  Key Takeaways: Estonia has closed...',
      '',
      'Kiribati Agrees To Take Ten Deportees',
      'PoliticsKiribati Agrees To Take Ten Deportees',
      '',
      lead.replace('people whom', 'deportees whom'),
      '',
      more,
      '',
      'Check out our other content',
      'Most Popular Articles',
    ].join('\n');
    const article = clean({ publishedAt: null, text });
    expect(article.title).toBe('Kiribati Agrees To Take Ten Deportees');
    expect(article.text).toBe(`${lead.replace('people whom', 'deportees whom')}\n\n${more}`);
    expect(article.dated).toBe('arrival');
  });

  it('leaves out lists that repeat it, word lists and praise of itself, and learns its outlet', () => {
    const text = [
      'Key Takeaways',
      '• Ten people will come.',
      '• Estonia is not concerned.',
      lead,
      `As reported by ExampleVisa.com, ${more.replace('The', 'the')}`,
      'Learn Today',
      'Estonia → A state on the Baltic Sea.',
      'This Article in a Nutshell',
      'Kiribati takes ten people and Estonia none, in a deal of few words and long consequences.',
      '— By ExampleVisa.com',
    ].join('\n');
    const article = clean({ publisher: null, text });
    expect(article.publisher).toBe('ExampleVisa.com');
    expect(article.text).not.toMatch(/Estonia|ExampleVisa/);
    expect(article.text).toContain('The first of them are expected');
  });

  it('joins lines that were wrapped', () => {
    const wrapped = `${lead} ${more} ${lead}`.replaceAll(/(.{50,68})\s/g, '$1\n');
    expect(clean({ title: 'Kiribati agrees', text: wrapped }).text).toBe(`${lead} ${more} ${lead}`);
  });

  it('keeps a summary that breaks off when there is nothing else', () => {
    expect(
      clean({ title: 'Kiribati agrees', text: 'Kiribati will take in ten people whom the United States...' }).text,
    ).toContain('ten people');
  });
});

describe('dates', () => {
  it.each([
    ['a date it came with', { publishedAt: '2026-03-01T00:00:00Z' }, 'told', '2026-03-01'],
    ['a date after its arrival', { publishedAt: '2027-01-01T00:00:00Z' }, 'arrival', '2026-03-05'],
    ['the beginning of computer time', { publishedAt: '1970-01-01T00:00:00Z' }, 'arrival', '2026-03-05'],
    [
      'no date but an address',
      { publishedAt: null, url: 'https://example.com/2026/02/28/kiribati' },
      'text',
      '2026-02-28',
    ],
    ['words that are no date', { publishedAt: 'yesterday-ish' }, 'arrival', '2026-03-05'],
  ] as const)('%s', (_about, fields, dated, day) => {
    const article = clean({ title: 'Kiribati agrees', text: lead, ...fields });
    expect(article.dated).toBe(dated);
    expect(article.publishedAt.slice(0, 10)).toBe(day);
  });
});

describe('hostile input', () => {
  it.each([
    ['deep nesting', '<div>'.repeat(200_000)],
    ['a deep page', `<html><body>${'<div><span>'.repeat(60_000)}text`],
    ['unclosed tags', '<p><a href="'.repeat(60_000)],
    ['a million spaces', `<p>${' '.repeat(500_000)}</p>`],
    ['dots', `<p>${'a.'.repeat(250_000)}</p>`],
    ['ellipses and quotes', `<p>${'"..." '.repeat(90_000)}</p>`],
    ['capitals', `<p>${'A B '.repeat(125_000)}</p>`],
    ['colons', 'Key points: '.repeat(40_000)],
    ['entities', '&amp;'.repeat(100_000)],
  ])('is bounded for %s', (_about, html) => {
    const started = performance.now();
    const article = clean({ title: 'x', html });
    expect(article.text.length).toBeLessThanOrEqual(524_288);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('gives an empty article for nothing', () => {
    expect(clean({ title: null, html: '', text: null })).toMatchObject({ title: '', text: '', sentences: [] });
  });
});
