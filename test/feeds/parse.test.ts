import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import type { ParsedFeed } from '../../src/core/article.ts';
import { parseFeed } from '../../src/feeds/parse.ts';

const url = 'https://desk.example/feeds/all.xml';

function parse(text: string, contentType: string | null = null): Promise<ParsedFeed> {
  return parseFeed(Buffer.from(text), contentType, url);
}

function rss(inside: string, attributes = ''): string {
  return `<?xml version="1.0"?><rss version="2.0" ${attributes}><channel><title>Desk</title><link>https://desk.example/</link>${inside}</channel></rss>`;
}

describe('parseFeed reads every family', () => {
  it('RSS 2.0 with the usual modules', async () => {
    const feed = await parse(
      rss(
        `<ttl>30</ttl><skipHours><hour>2</hour><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays>
        <item><title>Entry ban &amp; pause</title><link>/ban</link><guid isPermaLink="false">ban-1</guid>
        <pubDate>Thu, 05 Jun 2025 08:00:00 EDT</pubDate><dc:creator>A. Reporter</dc:creator>
        <description>&lt;p&gt;Short &lt;a href="/more"&gt;text&lt;/a&gt;&lt;/p&gt;</description>
        <content:encoded><![CDATA[<p>Long <img src='x.png'> text</p>]]></content:encoded></item>`,
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"',
      ),
    );
    expect(feed).toEqual({
      title: 'Desk',
      link: 'https://desk.example/',
      ttlMinutes: 30,
      skipHours: [2, 3],
      skipDays: ['Sunday'],
      items: [
        {
          id: 'ban-1',
          title: 'Entry ban & pause',
          link: 'https://desk.example/ban',
          publishedAt: '2025-06-05T12:00:00.000Z',
          updatedAt: null,
          author: 'A. Reporter',
          summary: '<p>Short <a href="https://desk.example/more">text</a></p>',
          content: `<p>Long <img src="https://desk.example/x.png"> text</p>`,
        },
      ],
    });
  });

  it('RSS 0.91 and 0.92, also without a version', async () => {
    for (const head of ['<rss version="0.91">', '<rss version="0.92">', '<rss>']) {
      const feed = await parse(
        `${head}<channel><title>Old</title><item><title>One</title><link>https://a.example/1</link></item></channel></rss>`,
      );
      expect(feed.items.map(({ title, link }) => [title, link])).toEqual([['One', 'https://a.example/1']]);
    }
  });

  it('RSS 1.0, whose items stand outside the channel', async () => {
    const feed = await parse(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
      <channel rdf:about="https://a.example/"><title>Court notes</title><link>https://a.example/</link><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
      <image><title>Logo</title><link>https://logo.example/</link></image>
      <item rdf:about="https://a.example/1"><title>Stay granted</title><link>https://a.example/1</link><d:date>2025-06-05T12:00:00Z</d:date><d:creator>Clerk</d:creator></item></rdf:RDF>`,
    );
    expect(feed).toMatchObject({ title: 'Court notes', link: 'https://a.example/', ttlMinutes: 30 });
    expect(feed.items).toMatchObject([
      { id: 'https://a.example/1', title: 'Stay granted', author: 'Clerk', publishedAt: '2025-06-05T12:00:00.000Z' },
    ]);
  });

  it('Atom 1.0 with every type of content', async () => {
    const entry = (content: string): string =>
      `<entry><id>urn:1</id><title type="html">A &amp;lt;b&amp;gt; &lt;b&gt;bold&lt;/b&gt; title</title><link rel="enclosure" href="e.mp3"/><link href="one"/><published>2025-06-05T10:00:00Z</published><updated>2025-06-05T12:00:00Z</updated><author><name>A</name><email>a@a.example</email></author><author><name>B</name></author>${content}</entry>`;
    const { items, link } = await parse(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/dir/"><title>T</title><link rel="self" href="self.xml"/><link rel="alternate" type="text/html" href="home"/>
      ${entry('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Tom &amp; <a href="x">Jo</a><br/></p></div></content>')}
      ${entry('<content type="html">&lt;p&gt;Tom &amp;amp; Jo&lt;/p&gt;</content>')}
      ${entry('<content type="text">1 &lt; 2 &amp; 3</content>')}
      ${entry(`<content type="application/octet-stream">${Buffer.from('<p>packed</p>').toString('base64')}</content>`)}
      ${entry('<summary>Plain &amp; short</summary>')}</feed>`,
    );
    expect(link).toBe('https://base.example/dir/home');
    expect(items.map((item) => item.content ?? item.summary)).toEqual([
      '<p>Tom &amp; <a href="https://base.example/dir/x">Jo</a><br /></p>',
      '<p>Tom &amp; Jo</p>',
      '1 &lt; 2 &amp; 3',
      '<p>packed</p>',
      'Plain &amp; short',
    ]);
    expect(items[0]).toMatchObject({
      id: 'urn:1',
      title: 'A <b> bold title',
      link: 'https://base.example/dir/one',
      author: 'A, B',
      publishedAt: '2025-06-05T10:00:00.000Z',
      updatedAt: '2025-06-05T12:00:00.000Z',
    });
  });

  it('Atom 0.3, with modes, and Atom without a namespace', async () => {
    const old = await parse(
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title mode="base64" type="text/html">${Buffer.from('Old desk').toString('base64')}</title>
      <entry><title>One</title><link rel="alternate" type="text/html" href="https://a.example/1"/><issued>2025-06-05T10:00:00</issued><modified>2025-06-05T12:00:00Z</modified><content type="text/html" mode="escaped">&lt;i&gt;x&lt;/i&gt;</content></entry></feed>`,
    );
    expect(old.title).toBe('Old desk');
    expect(old.items[0]).toMatchObject({
      publishedAt: '2025-06-05T10:00:00.000Z',
      updatedAt: '2025-06-05T12:00:00.000Z',
      content: '<i>x</i>',
    });
    const bare = await parse(
      '<feed><title>Bare</title><entry><title>One</title><link href="https://a.example/1"/></entry></feed>',
    );
    expect(bare.items[0]).toMatchObject({ title: 'One', link: 'https://a.example/1' });
  });

  it('JSON Feed, also one that is cut off', async () => {
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'JSON desk',
      home_page_url: 'https://a.example/',
      authors: [{ name: 'Desk' }],
      items: [
        {
          id: 7,
          url: '/seven',
          title: 'Seven & more',
          content_html: '<a href="/x">x</a>',
          date_published: '2025-06-05T08:00:00-04:00',
        },
        {
          id: 'https://a.example/8',
          content_text: '1 < 2',
          summary: 'S',
          authors: [{ name: 'One' }, { name: 'Two' }],
          date_modified: '2025-06-05',
        },
      ],
    });
    const feed = await parse(json, 'application/feed+json');
    expect(feed).toMatchObject({ title: 'JSON desk', link: 'https://a.example/' });
    expect(feed.items).toMatchObject([
      {
        id: '7',
        link: 'https://desk.example/seven',
        title: 'Seven & more',
        author: 'Desk',
        content: '<a href="https://desk.example/x">x</a>',
        publishedAt: '2025-06-05T12:00:00.000Z',
      },
      {
        id: 'https://a.example/8',
        link: 'https://a.example/8',
        title: null,
        author: 'One, Two',
        content: '1 &lt; 2',
        summary: 'S',
        updatedAt: '2025-06-05T00:00:00.000Z',
      },
    ]);
    const cut = await parse(json.slice(0, -30));
    expect(cut).toMatchObject({ title: 'JSON desk', truncated: true });
    expect(cut.items.map(({ id }) => id)).toEqual(['7']);
  });

  it('JSON Feed with what hand-made JSON has: commas before the end, line breaks in strings, odd escapes', async () => {
    const feed = await parse(
      '{"version": "https://jsonfeed.org/version/1", "title": "D\\esk",\n"items": [{"id": "1", "title": "A, [b",\n"content_text": "two\nlines, \\"q\\" \\\\x",},]}',
    );
    expect(feed.title).toBe('Desk');
    expect(feed.truncated).toBeUndefined();
    expect(feed.items).toMatchObject([{ id: '1', title: 'A, [b', content: 'two\nlines, "q" \\x' }]);
  });
});

describe('parseFeed reads what publishers meant', () => {
  it.each([
    ['a nested CDATA section', '<title><![CDATA[<![CDATA[Ban]]]]><![CDATA[>]]></title>', { title: 'Ban' }],
    ['an escaped CDATA section', '<title>&lt;![CDATA[Ban]]&gt;</title>', { title: 'Ban' }],
    ['a flag as four halves', '<title>&#55356;&#56823;&#xD83C;&#xDDFC; deal</title>', { title: '🇷🇼 deal' }],
    ['a CDATA section with half an end', '<title><![CDATA[Ban]]</title>', { title: 'Ban' }],
    [
      'an address that is none, beside a guid',
      '<link>http://</link><guid>https://a.example/1</guid>',
      { link: 'https://a.example/1' },
    ],
    [
      'Drupal’s time element as a date',
      '<title>x</title><pubDate>&lt;time datetime="2025-06-05T16:00:00Z"&gt;Thu, 06/05/2025 - 12:00&lt;/time&gt;</pubDate>',
      { publishedAt: '2025-06-05T16:00:00.000Z' },
    ],
  ])('%s', async (_, inside, wanted) => {
    const feed = await parse(rss(`<item>${inside}</item>`));
    expect(feed.items).toMatchObject([wanted]);
  });
});

describe('parseFeed knows fields by namespace and place', () => {
  it('items whose editors pasted XHTML’s namespace onto them', async () => {
    const feed = await parse(
      '<rss version="2.0"><channel><title>T</title><item xmlns="http://www.w3.org/1999/xhtml"><title>A</title><link>https://x.org/a</link></item></channel></rss>',
    );
    expect(feed.items.map(({ title, link }) => [title, link])).toEqual([['A', 'https://x.org/a']]);
  });

  it('whatever the prefix', async () => {
    const { items } = await parse(
      rss(
        '<item><x:creator>Known</x:creator><dc:title>Wrong</dc:title><title>Right</title></item>',
        'xmlns:x="http://purl.org/dc/elements/1.1/" xmlns:dc="http://purl.org/dc/elements/1.1/"',
      ),
    );
    expect(items[0]).toMatchObject({ author: 'Known', title: 'Right' });
  });

  it('without taking an image, a source or a medium for the item or feed', async () => {
    const feed = await parse(
      `<rss><channel><image><title>Logo</title><link>https://logo.example/</link></image><title>Desk</title><link>https://desk.example/</link>
      <item><source url="https://s.example/">Other feed</source><media:content url="v.mp4"><media:title>Film</media:title><media:description>Of a film</media:description></media:content><title>Report</title><link>https://desk.example/1</link></item></channel></rss>`,
    );
    expect(feed).toMatchObject({ title: 'Desk', link: 'https://desk.example/' });
    expect(feed.items[0]).toMatchObject({ title: 'Report', link: 'https://desk.example/1', summary: 'Of a film' });
  });

  it('and takes the guid as address unless it says otherwise', async () => {
    const { items } = await parse(
      rss(
        '<item><title>a</title><guid>https://a.example/1</guid></item><item><title>b</title><guid isPermaLink="false">https://a.example/2</guid></item>',
      ),
    );
    expect(items.map(({ id, link }) => [id, link])).toEqual([
      ['https://a.example/1', 'https://a.example/1'],
      ['https://a.example/2', null],
    ]);
  });

  it.each([
    ['Tom &amp;amp; Jo', 'Tom & Jo'],
    ['AT&T raises', 'AT&T raises'],
    ['Caf&eacute; &amp;#8217;s', 'Café ’s'],
    ['<![CDATA[<b>Bold</b> &amp; plain]]>', 'Bold & plain'],
    ['Sudan &lt;em&gt;suspended&lt;/em&gt;', 'Sudan suspended'],
    ['If 3 &lt; 5', 'If 3 < 5'],
    ['  two\n   lines ', 'two lines'],
    ['a < b <3 c', 'a < b <3 c'],
  ])('titles are plain text: %s', async (title, plain) => {
    expect((await parse(rss(`<item><title>${title}</title></item>`))).items[0]?.title).toBe(plain);
  });

  it('undoes a second encoding of HTML, and leaves code that is meant', async () => {
    const { items } = await parse(
      rss(
        '<item><title>a</title><description>&amp;lt;p&amp;gt;Twice&amp;lt;/p&amp;gt;</description></item><item><title>b</title><description>&lt;p&gt;Write &amp;lt;p&amp;gt; once&lt;/p&gt;</description></item>',
      ),
    );
    expect(items.map(({ summary }) => summary)).toEqual(['<p>Twice</p>', '<p>Write &lt;p&gt; once</p>']);
  });
});

describe('parseFeed copes with damage', () => {
  const first = '<item><title>One</title><link>https://a.example/1</link><description>First</description></item>';
  const second = '<item><title>Two</title><link>https://a.example/2</link><description>Second</description></item>';

  it.each([
    ['garbage before and after', `<br>\n<b>Warning</b>: line 3\n${rss(first + second)}<p>after`],
    ['an item that is not closed', rss(first.replace('</item>', '') + second)],
    ['a title that is not closed', rss(first.replace('</title>', '') + second)],
    ['a description that is not closed', rss(first.replace('</description>', '') + second)],
    [
      'an attribute that is not closed',
      rss(`${first.replace('<title>', '<enclosure url="x><title>')}${second}`).replace(
        '</channel>',
        '<a b="c"></a></channel>',
      ),
    ],
    ['a channel that ends early', rss(`${first}</channel>${second}`)],
    ['an image that is not closed', rss(`<image><url>x</url>${first}${second}`)],
    ['unclosed HTML inside', rss(`${first.replace('First', '<p>First<br><b>x')}${second}`)],
    ['a comment that is not closed', rss(`${first}<!-- note ${second}`)],
    [
      'a comment that ends in a later item',
      rss(first.replace('First', '<!-- First') + second.replace('Second', 'Second -->')),
    ],
    ['a declaration that is not closed', rss(first + second).replace('?>', '')],
    ['undeclared namespaces and bad names', rss(`<x:y><a<b></x:y>${first}${second}`)],
    ['end tags that match nothing', rss(`</p></div></item>${first}</b></title>${second}`)],
    [
      'control characters',
      rss(first + second)
        .replace('<rss', '\0<rss')
        .replaceAll('<item>', '<it\u0001em>'),
    ],
  ])('%s', async (_name, text) => {
    const { items } = await parse(text);
    expect(items.map(({ title, link }) => [title, link])).toEqual([
      ['One', 'https://a.example/1'],
      ['Two', 'https://a.example/2'],
    ]);
  });

  it('a CDATA section that never ends', async () => {
    const { items } = await parse(rss(first.replace('First', '<![CDATA[First') + second));
    expect(items.map(({ title }) => title)).toEqual(['One', 'Two']);
  });

  it('a document that is cut off: what came whole is kept, what may be half is not', async () => {
    const whole = rss(first + second);
    const cut = await parse(whole.slice(0, whole.indexOf('example/2') + 3));
    expect(cut.truncated).toBe(true);
    expect(cut.items.map(({ title }) => title)).toEqual(['One']);
    const later = await parse(whole.slice(0, whole.indexOf('Second') + 3));
    expect(later.items[1]).toMatchObject({ title: 'Two', link: 'https://a.example/2', summary: null });
  });

  it('a bad date costs the date, not the item', async () => {
    const { items } = await parse(
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>x</title><updated>soon</updated></entry></feed>',
    );
    expect(items[0]).toMatchObject({ id: '1', publishedAt: null, updatedAt: null });
  });

  it('names that JavaScript knows are names like others', async () => {
    const { items } = await parse(
      rss(
        `<__proto__><polluted>yes</polluted></__proto__><constructor/>${first.replace('<title>', '<toString>x</toString><title __proto__="x" constructor="y">')}`,
        'xmlns:__proto__="http://x.example/"',
      ),
    );
    expect(items[0]?.title).toBe('One');
    expect('polluted' in {}).toBe(false);
  });
});

describe('parseFeed is bounded', () => {
  it('expands a document’s own entities, never others, and not without end', async () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const dtd = `<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}<!ENTITY desk "The desk"><!ENTITY f SYSTEM "file:///etc/hostname">]>`;
    const { items } = await parse(
      rss('<item><title>&desk; says</title><description>&l9;&f;</description></item>').replace('<rss', `${dtd}<rss`),
    );
    expect(items[0]?.title).toBe('The desk says');
    expect((items[0]?.summary ?? '').length).toBeLessThan(600_000);
    expect(items[0]?.summary).toContain('&f;');
  });

  it('keeps the first 5,000 items and says so', async () => {
    const feed = await parse(rss('<item><title>x</title></item>'.repeat(5_001)));
    expect([feed.items.length, feed.truncated]).toEqual([5_000, true]);
    const just = await parse(rss('<item><title>x</title></item>'.repeat(5_000)));
    expect([just.items.length, just.truncated]).toEqual([5_000, undefined]);
  });

  it('keeps the first 512 kB of a field and says so', async () => {
    const feed = await parse(
      rss(
        `<item><title>Long</title><description>${'word '.repeat(200_000)}</description></item><item><title>Next</title></item>`,
      ),
    );
    expect(feed.truncated).toBe(true);
    expect(feed.items.map(({ title, summary }) => [title, (summary ?? '').length > 500_000])).toEqual([
      ['Long', true],
      ['Next', false],
    ]);
    expect(feed.items[0]?.summary?.length).toBeLessThanOrEqual(512 * 1024);
  });

  it('keeps what the first 15 MB hold and says so', async () => {
    const item = `<item><title>x</title><description>${'word '.repeat(20_000)}</description></item>`;
    const feed = await parse(rss(item.repeat(200)));
    expect(feed.truncated).toBe(true);
    expect(feed.items.length).toBeGreaterThan(140);
    expect(feed.items.length).toBeLessThan(200);
  });

  it.each([
    ['deep elements in a field', `<description>${'<a>'.repeat(100_000)}x${'</a>'.repeat(100_000)}</description>`],
    ['half tags in CDATA', `<description><![CDATA[${'<p'.repeat(500_000)}]]></description>`],
    ['half tags that are escaped', `<description>${'&lt;p'.repeat(200_000)}</description>`],
    ['angle brackets', `<description>${'<'.repeat(1_000_000)}</description>`],
    ['spaced angle brackets', `<description>${'<3 '.repeat(300_000)}</description>`],
    ['ampersands', `<description>${'&'.repeat(1_000_000)}</description>`],
    ['quotes', `<description>${'<a b="'.repeat(150_000)}</description>`],
    ['comments', `<description>${'<!--'.repeat(200_000)}</description>`],
    ['sections', `<description>${'<![CDATA[</description>'.repeat(50_000)}</description>`],
    ['instructions', `<description>${'<?x '.repeat(200_000)}</description>`],
    ['attributes', `<enclosure ${Array.from({ length: 100_000 }, (_, i) => `a${i}="${i}"`).join(' ')}/>`],
    ['spaces in attributes', `<description><![CDATA[${`<a href=${' '.repeat(20)}`.repeat(20_000)}]]></description>`],
    ['namespaces', '<a xmlns:x="http://x.example/"><x:b/></a>'.repeat(20_000)],
  ])(
    'reads %s in time, and the next item too',
    async (_name, field) => {
      const { items } = await parse(rss(`<item><title>One</title>${field}</item><item><title>Two</title></item>`));
      expect(items[0]?.title).toBe('One');
    },
    5_000,
  );

  it('carries every character through, and none that XML forbids or that it uses itself', async () => {
    const title = 'Mixed “quotes” 😀 入国 ]]> & < > é';
    const row = { id: '1', title: `${title}\ud800\u0000`, content_html: '<p>\u0080a\u0082b\u0083c\r\nd</p>' };
    const { items } = await parse(JSON.stringify({ items: [row] }));
    expect(items[0]).toMatchObject({ title: `${title}\ufffd`, content: '<p>€a‚bƒc\r\nd</p>' });
  });
});

describe('parseFeed refuses only what is no feed', () => {
  it.each([
    ['', 'malformed', 'empty'],
    [' \n\t', 'malformed', 'empty'],
    ['\ufeff', 'malformed', 'empty'],
    ['<?xml version="1.0"?><!-- nothing -->', 'malformed', 'empty'],
    ['<!doctype html><html><head><title>403</title></head><body>Forbidden</body></html>', 'changed', 'not-a-feed'],
    ['Service unavailable', 'changed', 'not-a-feed'],
    ['{"error": 1}', 'changed', 'not-a-feed'],
    ['[1, 2]', 'changed', 'not-a-feed'],
    ['<urlset><url><loc>https://a.example/</loc></url></urlset>', 'changed', 'not-a-feed'],
  ])('%s', async (text, kind, code) => {
    await expect(parse(text)).rejects.toMatchObject({ name: 'SourceError', kind, code });
  });

  it('a feed without items is a feed', async () => {
    expect((await parse(rss(''))).items).toEqual([]);
  });

  it('gives the same in every time zone', async () => {
    const text = rss('<item><title>a</title><pubDate>Thu, 05 Jun 2025 12:00:00</pubDate></item>');
    const zone = process.env['TZ'];
    const seen: unknown[] = [];
    for (const TZ of ['UTC', 'America/New_York', 'Asia/Kathmandu']) {
      process.env['TZ'] = TZ;
      seen.push((await parse(text)).items[0]?.publishedAt);
    }
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(seen).toEqual(Array.from({ length: 3 }, () => '2025-06-05T12:00:00.000Z'));
  });
});
