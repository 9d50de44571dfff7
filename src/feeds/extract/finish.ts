import { parseDate } from '../dates.ts';
import { maxDeleted } from '../limits.ts';
import type { Capture } from './capture.ts';
import { type Choice, choose, type FeedDraft, type ItemDraft } from './draft.ts';
import type { Field } from './fields.ts';
import { resolveHtml, resolveLink } from './links.ts';
import { base64Field, decodeReferences, htmlField, plainLine } from './text.ts';

type Attributes = ReadonlyMap<string, string>;
type Target = ItemDraft | FeedDraft;
type Slots = Partial<Record<string, Choice>>;

/** `jane@example.org (Jane Doe)` and `Jane Doe <jane@example.org>` are Jane Doe. */
export function personName(text: string): string {
  const inner = /^\S+@\S+\s+\(([^()]+)\)$/.exec(text)?.[1] ?? /^([^<>]+?)\s*<[^<>]*@[^<>]*>$/.exec(text)?.[1];
  return inner?.trim() ?? text;
}

function literal(capture: Capture): boolean {
  return capture.mode === 'text' || (capture.mode === 'xml' && !capture.markup);
}

function htmlOf(capture: Capture): string | null {
  const decoded = capture.mode === 'base64' ? base64Field(capture.text) : null;
  const html = htmlField(decoded ?? capture.text, decoded === null && literal(capture));
  return html === null ? null : resolveHtml(html, capture.base);
}

function lineOf(capture: Capture): string | null {
  const decoded = capture.mode === 'base64' ? base64Field(capture.text) : null;
  return plainLine(decoded ?? capture.text, decoded === null && literal(capture));
}

function personOf(capture: Capture): string | null {
  if (capture.name !== '') return plainLine(capture.name, true);
  const line = plainLine(capture.text, false);
  return line === null ? plainLine(capture.email, true) : personName(line);
}

/** Drupal puts a `<time>` where a date belongs: its words have no zone, its attribute has. */
function dateOf(text: string): string | null {
  return parseDate(/<time\b[^<>]*\bdatetime\s*=\s*["']([^"'<>]*)/i.exec(text)?.[1] ?? text);
}

function valueOf(field: Field<string>, capture: Capture): string | null {
  switch (field.kind) {
    case 'line':
      return lineOf(capture);
    case 'html':
    case 'xhtml':
      return htmlOf(capture);
    case 'date':
      return dateOf(decodeReferences(capture.text));
    case 'link':
      return resolveLink(decodeReferences(capture.text), capture.base);
    case 'person':
      return personOf(capture);
    default:
      return capture.text.trim();
  }
}

/** An address that cannot be one gives way to any other. */
function rankOf({ kind, rank }: Field<string>, value: string | null): number {
  return kind === 'link' && value !== null && !URL.canParse(value) ? 0.5 : rank;
}

/** Puts what a field holds where it belongs. */
export function endField(
  target: Target & object,
  name: string,
  field: Field<string>,
  capture: Capture,
  attributes: Attributes,
): void {
  const value = valueOf(field, capture);
  const slots: Slots = target;
  const before = slots[field.slot];
  if (field.kind === 'date' && before?.rank === field.rank) delete slots[field.slot];
  if (field.kind === 'person' && before?.rank === field.rank) addPerson(before, value);
  // `description` and `summary` side by side: both are told.
  const second = field.slot === 'summary' && before?.rank === field.rank && before.value !== value;
  choose(slots, second ? 'content' : field.slot, value, second ? 1 : rankOf(field, value));
  if (name === 'guid' && value !== null) guidLink(target, value, capture.base, attributes.get('ispermalink'));
}

/** Several authors are told together. */
function addPerson(before: Choice, value: string | null): void {
  const names = before.value.split(', ');
  if (value !== null && !names.includes(value) && names.length < 20) before.value = [...names, value].join(', ');
}

/** A guid is the item's address unless it says otherwise; a relative one only when it says so. */
function guidLink(target: Target, value: string, base: string, permanent: string | undefined): void {
  const says = permanent?.trim().toLowerCase();
  const link = decodeReferences(value);
  if (says === 'false' || /\s/.test(link)) return;
  if (/^https?:\/\//i.test(link) || (says === 'true' && link.startsWith('/')))
    choose(target, 'link', resolveLink(link, base), 3);
}

/** Rank of a link by its relation and type; 0 for one that leads elsewhere. */
function linkRank(attributes: Attributes): number {
  const rel = (attributes.get('rel') ?? 'alternate')
    .trim()
    .toLowerCase()
    .replace(/^.*\/relation\//, '');
  const type = (attributes.get('type') ?? '').trim().toLowerCase();
  if (rel === 'alternate' || rel === '') {
    if (type === '') return 10;
    if (type.includes('html')) return 11;
    return /(rss|atom)\+xml|feed/.test(type) ? 2 : 8;
  }
  if (rel === 'related' || rel === 'via') return 3;
  return rel === 'self' ? 1 : 0;
}

/** Takes a link that is told by attributes and answers 0; else the rank that its text has, `rank` where no `rel` says. */
export function linkElement(target: Target, attributes: Attributes, base: string, rank: number): number {
  const href = attributes.get('href');
  const told = linkRank(attributes);
  if (href === undefined) return attributes.has('rel') ? told : rank;
  if (told > 0) choose(target, 'link', resolveLink(decodeReferences(href), base), told);
  return 0;
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** What a feed asks of pollers; nonsense is dropped. */
export function endHint(feed: FeedDraft, name: string, text: string): void {
  const value = text.trim();
  const number = /^\d{1,6}$/.test(value) ? Number(value) : null;
  if (name === 'ttl' && number !== null) feed.ttlMinutes ??= number;
  if (name === 'sy:updateperiod') feed.updatePeriod ??= value.toLowerCase();
  if (name === 'sy:updatefrequency' && number !== null) feed.updateFrequency ??= number;
  // RSS 0.91 counted 1 to 24.
  if (name === 'hour' && number !== null && number <= 24 && !feed.skipHours.includes(number % 24))
    feed.skipHours.push(number % 24);
  const day = days.find((known) => value.toLowerCase() === known.toLowerCase());
  if (name === 'day' && day !== undefined && !feed.skipDays.includes(day)) feed.skipDays.push(day);
}

/** RFC 6721: an entry that was in this feed, and is withdrawn. */
export function endDeleted(feed: FeedDraft, attributes: Attributes): void {
  const ref = attributes.get('ref')?.trim() ?? '';
  if (ref !== '' && ref.length <= 2048 && feed.withdrawn.length < maxDeleted) feed.withdrawn.push(ref);
}

const periods: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

/** Minutes between polls that a feed asks for: `ttl`, or the syndication module's period and frequency. */
export function askedMinutes(feed: FeedDraft): number | null {
  if (feed.ttlMinutes !== undefined) return feed.ttlMinutes > 0 ? feed.ttlMinutes : null;
  const period = periods[feed.updatePeriod ?? ''];
  return period === undefined ? null : Math.max(1, Math.round(period / Math.max(1, feed.updateFrequency ?? 1)));
}
