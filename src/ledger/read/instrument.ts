import { addDays } from '../../core/calendar.ts';
import { dayOf, numberOf, witnessedOn } from './days.ts';
import type { PlainDocument } from './plain.ts';

/** What a document is, as far as its own words tell. */
export interface InstrumentReading {
  /** `Proclamation 10949`; null where the text does not give its own number, as White House pages do not. */
  name: string | null;
  title: string | null;
  signed: string | null;
  effective: string | null;
  /** As printed: `12:01 am eastern daylight time`. */
  time: string | null;
  authority: readonly string[];
}

/** Name, dates and authority of an instrument. */
export function readInstrument(document: PlainDocument): InstrumentReading {
  const { text } = document;
  const signed = witnessedOn(text) ?? signedAtEnd(text) ?? document.date ?? headed(text).day;
  const { effective, time } = effectiveOn(text, signed);
  // An earlier order named in the first paragraph is another day's.
  const head = headed(text);
  const name = head.day === signed ? head.name : null;
  return { name, title: document.title, signed, effective, time, authority: authorityOf(text) };
}

/** The Federal Register prints the number and day above the text. */
function headed(text: string): { name: string | null; day: string | null } {
  const found = /\b(Proclamation|Executive Order) (\d{4,5}) of (\w+ \d{1,2}, \d{4})/.exec(text.slice(0, 1500));
  return found
    ? { name: `${found[1] ?? ''} ${found[2] ?? ''}`, day: dayOf(found[3] ?? '') }
    : { name: null, day: null };
}

function signedAtEnd(text: string): string | null {
  return dayOf(/THE WHITE HOUSE,\s+(\w+ \d{1,2}, \d{4})/i.exec(text.slice(-800))?.[1] ?? '');
}

/** An explicit day wins over `immediately`; of several, the last, from which everyone is covered. */
function effectiveOn(text: string, signed: string | null): { effective: string | null; time: string | null } {
  const clause =
    /(?:(?:is|are|be|become|becomes|shall be) effective|(?:takes?|shall take|will take) effect) ([^.]{0,20}?\d{1,2}:\d{2} ?[ap]\.?m\.?[^.]{0,60}?)?(?:on|as of|until)? ?(\w+ \d{1,2}, \d{4})/gi;
  const dated = [...text.matchAll(clause)].flatMap((match) => {
    // `…, except that for students it is effective on …` dates the exception.
    if (/\bexcept\b[^.;]*$/i.test(text.slice(0, match.index).slice(-150))) return [];
    const day = dayOf(match[2] ?? '');
    return day === null ? [] : [{ effective: day, time: match[1]?.replace(/^at |,? on $/g, '').trim() ?? null }];
  });
  return dated.at(-1) ?? countedFrom(text, signed);
}

/** `on the seventh day after the date of this proclamation`, `30 days after …`; no day where it counts in another way. */
function countedFrom(text: string, signed: string | null): { effective: string | null; time: string | null } {
  const clause =
    /(?:(?:is|are|be|become|becomes|shall be) effective|(?:takes?|shall take|will take) effect)\b([^.;]{0,20}?\d{1,2}:\d{2} ?[ap]\.?m\.?[^.;]{0,40}?)?[^.;]{0,40}?\b(?:the )?(\d+(?:st|nd|rd|th)?|[a-z-]+)(?: calendar)? days? (after|from|following) ((?:the )?(?:date|day|signing|issuance) ?(?:of|on)? ?(?:which )?(?:this|the|signing|issuance|signature)?(?: proclamation| order)?)/i;
  const [, time, count = '', , from = ''] = clause.exec(text) ?? [];
  if (from === '')
    return /\beffect(?:ive)?\b[^.;]{0,120}\bdays? (?:after|from|following)\b/i.test(text)
      ? { effective: null, time: null }
      : { effective: signed, time: null };
  const days = numberOf(count);
  const isSigning = !/publi/i.test(text.slice(text.indexOf(from), text.indexOf(from) + from.length + 60));
  if (days === null || signed === null || !isSigning) return { effective: null, time: null };
  return { effective: addDays(signed, days), time: time?.replace(/^\s*at |,? on $/g, '').trim() ?? null };
}

function authorityOf(text: string): readonly string[] {
  const clauses = text.match(/(?:by the authority vested in me|proclaim, pursuant to)[^.]*(?:\.C\.[^.]*)*/gi) ?? [];
  const named =
    clauses.join(' ').match(/\b(?:212\(f\)|215\(a\)|8 U\.S\.C\. \d+(?:\([a-z]\))?|50 U\.S\.C\. \d+)/g) ?? [];
  return [...new Set(named)];
}
