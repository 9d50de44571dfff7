import type { Tier } from '../../core/ledger.ts';
import { sentencesOf } from './documents.ts';

/** One sentence that suspends, goes on suspending, or lifts entry for nationals of named countries. */
export interface Clause {
  does: 'suspends' | 'continues' | 'lifts' | 'keeps';
  /** As printed: `the Republic of the Congo`. Several where one sentence lists them. */
  names: readonly string[];
  tier: Tier;
  visaClasses: readonly string[];
  section: string;
  quote: string;
  /** Only officials and their families: believed only beside clauses on nationals, else it is a sanction. */
  isOfficials: boolean;
  /** `…of the following countries is suspended, as follows:` where each country has a sentence of its own. */
  isHeading: boolean;
}

/** A numbered section with its heading and body. */
export interface Section {
  number: string;
  text: string;
}

/** Sections of the operative part; the whole text as section 0 where nothing is numbered. */
export function sectionsOf(text: string): readonly Section[] {
  const parts = text.split(/(?=\b(?:Section|SECTION|Sec|SEC)\.? ?\d+ ?\. )/);
  return parts.map((part) => ({ number: /^(?:Section|Sec)\.? ?(\d+)/i.exec(part)?.[1] ?? '0', text: part }));
}

const verbs =
  /\b(?:(continues?|shall continue) to be (?:fully |partially )?suspended|(remains?) (?:fully |partially )?suspended|(?:is|are|be|shall be)(?: hereby)? (?:fully |partially )?(suspended)|(?:is|are|be|shall be)(?: hereby)? (lifted|terminated|removed|rescinded)|hereby (?:fully |partially )?suspends?\b)/;
const subject =
  /\b(?:(?:nationals|citizens)(?: (?:and|or) (?:nationals|citizens))?|any (?:national|citizen)(?: or (?:national|citizen))?) of (?!any\b|such\b|those\b|these\b|each\b|countries\b|a country\b|the designated\b)/;
/** There are no more countries than that to name. */
const mostNames = 260;
/** `nationals of those six countries`: the names stand in a sentence before. */
const backReference = /\b(?:nationals|citizens) of (?:those|these|such) (?:\w+ )?countries\b/;
const officials = /\bofficials of (?:the )?government agencies of (?=[A-Z])/;

/** Every clause of one section that acts on nationals of named countries. Recitals of what was decided are none. */
export function clausesOf(section: Section): readonly Clause[] {
  const all = sentences(section.text);
  const found = all.flatMap((sentence, index): readonly Clause[] => {
    const verb = verbs.exec(sentence);
    if (!verb || !/\b(?:entry|admission)\b/i.test(sentence) || /physically present/i.test(sentence)) return [];
    const names = namesIn(sentence, all.slice(Math.max(0, index - 3), index));
    if (names.length === 0 || names.length > mostNames) return [];
    const does = verb[1] ? 'continues' : verb[2] ? 'keeps' : verb[4] ? 'lifts' : 'suspends';
    const isOfficials = officials.test(sentence);
    const classes = classesOf(sentence);
    const visaClasses = isOfficials ? classes.map((each) => `${each} of named officials and their families`) : classes;
    const tier = tierOf(visaClasses, does, section.text.slice(0, 200));
    const isHeading = /\bfollowing (?:\w+ )?countries\b[^:]*\bas follows\b/.test(sentence);
    return [
      { does, names, tier, visaClasses, section: section.number, quote: sentence.trim(), isOfficials, isHeading },
    ];
  });
  return found.every((clause) => clause.isHeading) ? found : found.filter((clause) => !clause.isHeading);
}

function namesIn(sentence: string, before: readonly string[]): readonly string[] {
  const from = officials.exec(sentence) ?? subject.exec(sentence);
  if (from) {
    const rest = sentence.slice(from.index + from[0].length);
    return /^the following (?:\d+ |\w+ )?countries/.test(rest) ? listed(sentence) : inline(rest);
  }
  if (!backReference.test(sentence)) return [];
  const named = before.findLast((each) => subject.test(each)) ?? '';
  const at = subject.exec(named);
  return at ? inline(named.slice(at.index + at[0].length)) : [];
}

/** Sentences without the letters of the items that they stand under; a list's items stay with what leads to them. */
function sentences(text: string): readonly string[] {
  return sentencesOf(text).map((sentence) => sentence.replace(/^(?:(?:\([a-z]{1,4}\)|[.•]) ?)+/, ''));
}

/** `(a) Afghanistan; (b) Burma; and (c) Chad.` or `: Iran, Libya, and Yemen.` after the colon. */
function listed(sentence: string): readonly string[] {
  const tail = sentence.slice(sentence.indexOf(':') + 1);
  if (!sentence.includes(':')) return [];
  const numbered = numberedItems(tail);
  if (numbered.length > 0) return numbered;
  if (!/\([a-z]{1,2}\) /.test(tail)) return split(tail.replace(/\.$/, ''));
  const items = [...tail.matchAll(/\(([a-z]{1,2})\) ([^;.()]{2,60})(?=[;.]|, and \(| and \()/g)];
  return items.map((item) => (item[2] ?? '').replace(/[,;] and$|[,;]$/, '').trim());
}

/**
 * `1. Fiji 2. Nauru`, `(1) Fiji; (2) Nauru; and (3) Samoa.`, `- Fiji - Nauru`: marks that count up from one, or all alike.
 * A table's column of numbers is none of its items.
 */
function numberedItems(tail: string): readonly string[] {
  const text = tail.trim();
  const bulleted = /^[-•] /.test(text) ? text.split(/(?:^| )[-•] /) : null;
  const marks = [...text.matchAll(/(?:^|\s)\(?(\d{1,3})[.)] (?=[A-Z])/g)];
  const counts = marks.length > 0 && marks.every((mark, index) => Number(mark[1]) === index + 1);
  const starts = counts && marks[0]?.index === 0;
  const parts = bulleted ?? (starts ? text.split(/(?:^|\s)\(?\d{1,3}[.)] (?=[A-Z])/) : []);
  return parts
    .map((part) => part.replace(/[,;]?(?: and)?\s*$|[.,;]\s*$/g, '').trim())
    .filter((part) => !/^\W*\d*\W*$/.test(part));
}

function inline(rest: string): readonly string[] {
  const end = rest.search(
    /,? (?:as (?:an? )?(?:immigrants?|nonimmigrants?|diversity)|into the United|who|involved|imposed |provided |set out |established |on |under |is |are |be |shall |would |remains?|continues?|seeking|traveling)/i,
  );
  return split(end === -1 ? rest : rest.slice(0, end));
}

/** Names by comma; `and` is left to whoever knows that Antigua and Barbuda is one country. */
function split(text: string): readonly string[] {
  return text
    .split(/[,;]/)
    .map((part) =>
      part
        .replace(/^\s*and\s+/, '')
        .replace(/\.\s*$/, '')
        .trim(),
    )
    .filter((part) => part !== '');
}

function classesOf(sentence: string): readonly string[] {
  const immigrants = /\bas (?:an )?immigrants?\b/.test(sentence) ? ['immigrants'] : [];
  if (/diversity/i.test(sentence)) return ['Diversity Visa immigrants'];
  const limited = /as (?:a )?nonimmigrants? (?:on|in|under) ([^.]*?)(?:visas|classifications?)/.exec(sentence)?.[1];
  if (limited !== undefined) {
    const named = limited.match(/\b[A-Z]-\d\b|\b[FJM]\b/g) ?? [];
    return [...immigrants, ...new Set(named)];
  }
  if (!/nonimmigrants?\b/.test(sentence)) return immigrants.length > 0 ? immigrants : ['immigrants', 'nonimmigrants'];
  const spared = /except that[^.]*?\b((?:[A-Z]-\d|[FJM])\b[^.]*?)visas[^.]*not (?:be )?suspended/.exec(sentence)?.[1];
  const kept = spared?.match(/\b[A-Z]-\d\b|\b[FJM]\b/g);
  return [...immigrants, kept ? `nonimmigrants except ${[...new Set(kept)].join(', ')}` : 'nonimmigrants'];
}

function tierOf(classes: readonly string[], does: Clause['does'], heading: string): Tier {
  if (does === 'lifts') return 'none';
  if (does === 'keeps' && classes.join() === 'immigrants') return 'immigrant-only';
  if (does === 'continues') return /\bpartial/i.test(heading) ? 'partial' : 'full';
  return classes.includes('immigrants') && classes.includes('nonimmigrants') ? 'full' : 'partial';
}
