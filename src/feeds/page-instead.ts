import type { SourceError } from '../core/errors.ts';

const looked = 64 * 1024;

/** Words of pages that ask whether a reader is a person. Lower case. */
const challengeWords = [
  'just a moment...',
  'checking your browser',
  'cf-browser-verification',
  'cf-chl-',
  'challenge-platform',
  'attention required! | cloudflare',
  '_incapsula_resource',
  'incapsula incident id',
  'ddos protection by',
  'ddos-guard',
  'captcha',
  'px-captcha',
  'perimeterx',
  'datadome',
  'access denied',
  'are you a robot',
  'verify you are human',
  'verifying you are human',
  'that you are a person',
  'unusual traffic',
  'pardon our interruption',
  'enable javascript and cookies',
  'awswafcookiedomainlist',
  'bot verification',
];

/**
 * Whether a page came where a feed was asked for: `challenge-page` (a robot check) or `html-page`. Null for anything
 * that may be a feed. Looks at the first 64 kB only.
 */
export function pageInstead(
  bytes: Buffer,
  contentType: string,
): (Pick<SourceError, 'hint' | 'message'> & { code: 'challenge-page' | 'html-page' }) | null {
  const head = bytes.subarray(0, looked).toString('latin1').replaceAll('\0', '').toLowerCase();
  if (/<(rss|feed|rdf:rdf|channel|[a-z]+:feed)[\s>]/.test(head)) return null;
  const start = head.replace(/^\s*(ï»¿|ÿþ|þÿ)?\s*/, '');
  if (/^[{[]/.test(start)) return null;
  const html =
    /^(<\?xml[^>]{0,200}>\s*)?(<!--[^>]{0,1000}-->\s*)*<(!doctype\s+html|html|head|body|script|meta|title)\b/.test(
      start,
    );
  if (!html && !/^\s*text\/html/i.test(contentType)) return null;
  if (challengeWords.some((words) => head.includes(words))) {
    return {
      code: 'challenge-page',
      message: 'a robot check came instead of the feed',
      hint: 'The site keeps robots out: ask it to let this reader in, set `headers` for the source, or use another feed of it',
    };
  }
  return {
    code: 'html-page',
    message: 'a web page came instead of the feed',
    hint: 'The feed may have moved: open the site, find its feed, and change the address (`/sources add` with the page finds it)',
  };
}
