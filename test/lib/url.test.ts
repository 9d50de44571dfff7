import { describe, expect, it } from 'vitest';
import { addressParts, canonicalUrl, cleanUrl, isPublicHttpUrl } from '../../src/lib/url.ts';

const newsToken = (address: string): string =>
  Buffer.concat([
    Buffer.from([0x08, 0x13, 0x22, address.length]),
    Buffer.from(address),
    Buffer.from([0xd2, 0x01, 0]),
  ]).toString('base64url');

describe('canonicalUrl', () => {
  const same: [string, string, string][] = [
    ['trackers', 'https://site.org/a/b?utm_source=rss&id=7&fbclid=x&gclid=y', 'https://site.org/a/b?id=7'],
    ['the fragment', 'https://site.org/a#comments', 'https://site.org/a'],
    ['www and http', 'http://www.site.org/a', 'https://site.org/a'],
    ['default ports', 'https://site.org:443/a', 'https://site.org/a'],
    ['the index file', 'https://site.org/a/index.html', 'https://site.org/a'],
    ['the trailing slash', 'https://site.org/a/', 'https://site.org/a'],
    ['parameter order', 'https://site.org/a?c=2&b=1', 'https://site.org/a?b=1&c=2'],
    ['AMP at the end', 'https://site.org/news/a-b-c/amp/', 'https://site.org/news/a-b-c'],
    ['AMP in the file', 'https://site.org/news/a-b-c.amp.html', 'https://site.org/news/a-b-c.html'],
    ['AMP in front', 'https://amp.site.org/amp/news/a-b-c?amp=1', 'https://site.org/news/a-b-c'],
    ['the AMP cache', 'https://www-site-org.cdn.ampproject.org/c/s/www.site.org/a', 'https://site.org/a'],
    ['Google AMP', 'https://www.google.com/amp/s/www.site.org/a/amp', 'https://site.org/a'],
    ['mobile hosts', 'https://m.site.org/a', 'https://site.org/a'],
    ['mobile in the middle', 'https://en.m.site.org/a', 'https://en.site.org/a'],
    ['redirectors', 'https://www.google.com/url?q=https%3A%2F%2Fsite.org%2Fa&sa=D', 'https://site.org/a'],
    ['doubled slashes', 'https://site.org//a//b', 'https://site.org/a/b'],
    ['escapes in lower case', 'https://site.org/caf%c3%a9', 'https://site.org/caf%C3%A9'],
    ['the front page', 'https://www.site.org/', 'https://site.org'],
    ['AMP in the middle', 'https://site.org/news/amp/two-words-more', 'https://site.org/news/two-words-more'],
    ['the mobile form', 'https://site.org/a.html?m=1&output=amp', 'https://site.org/a.html'],
    ['a session in the path', 'https://site.org/a;jsessionid=7F?id=1', 'https://site.org/a?id=1'],
    [
      'an ampersand encoded twice',
      'https://site.org/a?utm_source=x&amp;utm_medium=y&amp;id=1',
      'https://site.org/a?id=1',
    ],
    ['needless escapes', 'https://site.org/a%2Db%5fc?utm%5Fsource=x', 'https://site.org/a-b_c'],
    ['a second home', 'https://www.bbc.co.uk/news/articles/c123', 'https://bbc.com/news/articles/c123'],
    ['the edition', 'https://edition.cnn.com/2025/06/01/x/index.html', 'https://cnn.com/2025/06/01/x'],
    ['other redirectors', 'https://t.umblr.com/redirect?z=https%3A%2F%2Fsite.org%2Fa&t=1', 'https://site.org/a'],
  ];
  it.each(same)('takes away %s', (_, from, to) => {
    expect(canonicalUrl(from)).toBe(to);
    expect(canonicalUrl(to)).toBe(to);
  });

  it.each([
    ['https://site.org/a?page=1', 'https://site.org/a?page=2'],
    ['https://site.org/amp', 'https://site.org/'],
    ['https://site.org/News', 'https://site.org/news'],
    ['https://site.org/a?m=2', 'https://site.org/a?m=3'],
    ['https://site.org/a%2Fb', 'https://site.org/a/b'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(canonicalUrl(a)).not.toBe(canonicalUrl(b));
  });

  it('undoes a Google News wrapper that holds the address, and leaves an opaque one', () => {
    const inner = 'https://www.site.org/news/third-country-flight';
    expect(canonicalUrl(`https://news.google.com/rss/articles/${newsToken(inner)}?oc=5`)).toBe(
      'https://site.org/news/third-country-flight',
    );
    const opaque = `https://news.google.com/rss/articles/${newsToken('AU_yqLM14jvuFi6')}`;
    expect(canonicalUrl(`${opaque}?oc=5`)).toBe(opaque);
    expect(addressParts(opaque)).toBeNull();
  });

  it('is null for what is no web address', () => {
    for (const text of ['', 'nonsense', 'mailto:a@b.org', 'javascript:alert(1)', 'ftp://site.org/a', '/relative']) {
      expect(canonicalUrl(text)).toBeNull();
    }
  });

  it('keeps the address that a reader is sent to as it was, less its trackers', () => {
    expect(cleanUrl('http://www.site.org/a/?b=2&utm_medium=x&a=1#top')).toBe('http://www.site.org/a/?b=2&a=1');
  });
});

describe('addressParts', () => {
  it.each([
    ['https://site.org/2025/06/us-asks-country-to-take-people?x=1', 'site.org/2025/06/us-asks-country-to-take-people'],
    ['https://site.org/story.php?id=7&session=3', 'site.org/story.php?id=7'],
    ['https://site.org/news/4471902', 'site.org/news/4471902'],
    ['https://site.org/news/', null],
    ['https://site.org/', null],
  ])('finds what names the article in %s', (url, article) => {
    expect(addressParts(url)?.article).toBe(article);
  });

  it('does not take a front page for an identity', () => {
    expect(addressParts('https://www.site.org/?utm_source=rss')?.full).toBeNull();
  });
});

describe('isPublicHttpUrl', () => {
  it.each([
    'http://127.0.0.1/',
    'http://0177.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::a00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[::7f00:1]/',
    'http://[fd00::1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://localhost/',
    'http://localhost./',
    'http://router/',
    'http://printer.local/',
    'http://metadata.google.internal/',
    'http://user:secret@site.org/',
    'file:///etc/passwd',
    'gopher://site.org/',
  ])('refuses %s', (url) => {
    expect(isPublicHttpUrl(url)).toBe(false);
  });

  it.each(['https://site.org/feed', 'http://8.8.8.8/feed', 'https://[2606:4700::1]/', 'https://site.org:8443/'])(
    'allows %s',
    (url) => {
      expect(isPublicHttpUrl(url)).toBe(true);
    },
  );
});
