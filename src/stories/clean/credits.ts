import { type Block, wordCount } from './block.ts';

const bylineLead =
  /^(?:[—–-]{1,2}\s*)?(?:by|por|par|de la rédaction|piše|pi[šs]e|autor(?:ka)?|аутор|пише|nga|بقلم)(?::|\s)\s*(.{2,90})$/iu;
const notName = /\b(?:the|a|an|of|to|that|which|is|was|were|has|have|will|les?|des|los|las|del|na|mesa)\b/u;
const selfCredit =
  /\b(?:first (?:published|appeared)|originally (?:published|appeared)|appeared first) (?:on|by|in)\s+(.{2,60}?)\.?$/i;

/** Person, desk or outlet named in a byline block; null when the block is no byline. */
export function bylineOf(block: Block): string | null {
  if (wordCount(block.text) > 14) return null;
  const found = bylineLead.exec(block.text);
  const name = (found?.[1] ?? '').replace(/[.\s]+$/, '');
  if (found === null || name === '') return block.byline === true ? block.text : null;
  const looksLikeName = /^[\p{Lu}\u0600-\u06ff]/u.test(name) && !notName.test(name.split(/[,|(]/)[0] ?? '');
  return looksLikeName || block.byline === true ? name : null;
}

/** Whether a byline is the outlet's own name: `VisaVerge.com`, `Example News staff`. */
export function outletOf(byline: string): string | null {
  const credited = selfCredit.exec(byline);
  if (credited?.[1] !== undefined) return credited[1];
  if (/^[\w-]+\.(?:com|org|net|news|info|io|co|test)$/i.test(byline)) return byline;
  const staff = /^(.{2,40}?)\s+(?:staff|team|newsroom|desk|web desk|staff writers?)$/i.exec(byline);
  return staff?.[1] ?? null;
}

/** The outlet that a closing line credits as the first to publish. */
export function firstPublisherOf(text: string): string | null {
  if (wordCount(text) > 45) return null;
  return selfCredit.exec(text)?.[1] ?? null;
}

const place = String.raw`\p{Lu}[\p{Lu}\p{M} .'’/-]{2,40}(?:,\s[\p{L}.\s]{2,24})?(?:,\s?\p{L}{3,9}\.?\s\d{1,2}|,\s\d{1,2}\.?\s\p{L}{3,9}\.?)?`;
const capitalDateline = new RegExp(String.raw`^(${place})\s*(\([^)]{2,40}\))?\s*(?:[—–]|--?)\s+`, 'u');
const agencyDateline = /^(\p{Lu}[^()—–]{1,48})?\((\p{Lu}[^()]{1,30})\)\s*(?:[—–]|--?)\s+/u;

/** Takes `MBABANE (AP) — ` off the first paragraph. */
export function splitDateline(text: string): { dateline: string | null; rest: string } {
  const head = text.slice(0, 140);
  const found = capitalDateline.exec(head) ?? agencyDateline.exec(head);
  if (found === null) return { dateline: null, rest: text };
  const rest = text.slice(found[0].length);
  if (wordCount(rest) < 4) return { dateline: null, rest: text };
  return { dateline: found[0].replace(/\s*(?:[—–]|--?)\s+$/u, '').trim(), rest };
}

const selfLead =
  /^(?:As (?:first )?reported by|According to|As noted by|Per)\s+([\w.-]+\.(?:com|org|net|news))\s*,\s*/i;

/** Takes `As reported by OURSELVES.com, ` off a paragraph; other outlets' credits stay. */
export function stripSelfPraise(text: string, self: ReadonlySet<string>): string {
  const found = selfLead.exec(text);
  if (found?.[1] === undefined || !self.has(found[1].toLowerCase())) return text;
  const rest = text.slice(found[0].length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
