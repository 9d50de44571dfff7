/** A rule about travel documents of an authority that is no country of a list: `Palestinian Authority`. */
export interface DocumentClause {
  quote: string;
  visaClasses: readonly string[];
}

/** The clause that suspends entry on documents issued or endorsed by the Palestinian Authority; null without one. */
export function documentClause(text: string): DocumentClause | null {
  const sentence = sentencesOf(text).find(
    (each) =>
      /travel documents? (?:issued|endorsed)[^.]*Palestinian Authority|documents issued or endorsed by the (?:PA|Palestinian Authority)/i.test(
        each,
      ) && /(?:is|are)(?: hereby)? (?:fully )?suspended/.test(each),
  );
  return sentence === undefined
    ? null
    : { quote: sentence.replace(/^(?:\([a-z]{1,4}\) ?)+/, ''), visaClasses: ['immigrants', 'nonimmigrants'] };
}

const revoking =
  /\b(?:Executive Orders?|Proclamations?) \d{4,5}\b.{0,2000}? (?:is|are)(?: hereby)? (?:revoked|rescinded|terminated)\b/;

const sectionLabel = /^(?:\([a-z]{1,4}\) ?)*(?:Section|Sec)\.? ?\d+ ?\. /i;
const partOf =
  /\b(?:(?:sub)?sections?|paragraphs?|provisions?|suspensions?|restrictions?|limitations?|entry|nationals|imposed|portions?)\b/i;

/** Instruments that a document revokes whole: `Executive Order 13780`, `Proclamation 9645`, with the sentence. */
export function revocations(text: string): readonly { instrument: string; quote: string }[] {
  return sentencesOf(text).flatMap((sentence) => {
    const found = revoking.exec(sentence);
    // `The suspension imposed by section 4(b) of Proclamation 10998 is terminated` ends a part, not the whole.
    const before = sentence.slice(0, found?.index ?? 0).replace(sectionLabel, '');
    if (partOf.test(before)) return [];
    const named = found?.[0].match(/Executive Orders?|Proclamations?|\b\d{4,5}\b/g) ?? [];
    let kind = '';
    return named.flatMap((word) => {
      if (/^\d/.test(word))
        return /^20\d\d$/.test(word) ? [] : [{ instrument: `${kind} ${word}`, quote: sentence.trim() }];
      kind = word.replace(/s$/, '');
      return [];
    });
  });
}

/** No sentence of law is longer; what is, is no text to search again and again. */
const longestSentence = 10_000;

/** Sentences of a text, abbreviations aside, without the over-long. */
export function sentencesOf(text: string): readonly string[] {
  return (
    listMarksKept(text)
      .replace(/\b(U\.S\.C?|[ap]\.m|No|Sec|St)\. ?/g, (found) => found.replaceAll('.', '\u0001'))
      // An item of a list is a sentence of its own when it is too long for a name.
      .split(/(?<=\.)\s+(?=[A-Z(]|• [^•]{60})|(?<=[^•]{60}\.)\s+(?=•)/)
      .filter((sentence) => sentence.length <= longestSentence)
      .map((sentence) => sentence.replaceAll('\u0001', '.'))
  );
}

/** `: 1. Fiji 2. Nauru`: the points of marks that count up from one behind a colon end no sentence. */
function listMarksKept(text: string): string {
  let next = 0;
  return text.replace(/(?<=(:?) )(\d{1,3})\. (?=[A-Z])/g, (found: string, colon: string, digits: string) => {
    const number = Number(digits);
    if (number === 1 && colon === ':') next = 1;
    if (next === 0 || number !== next) return found;
    next++;
    return `${digits}\u0001 `;
  });
}

/** Sections of earlier instruments that a document strikes out: `Proclamation 9645`, `2(a)`, with the sentence. */
export function strikings(text: string): readonly { instrument: string; section: string; quote: string }[] {
  const sentence =
    /Section (\d+) of (Proclamation|Executive Order) (\d{4,5})[^.]{0,400}? (?:is|are)(?: hereby)? amended by (?:striking|deleting|removing) subsections? (\([a-z]\)(?:(?:, | and |, and )\([a-z]\)){0,25})[^.]{0,400}\./gi;
  return [...text.matchAll(sentence)].flatMap(([quote, section = '', kind = '', number = '', letters = '']) =>
    (letters.match(/\([a-z]\)/g) ?? []).map((letter) => ({
      instrument: `${kind} ${number}`,
      section: `${section}${letter}`,
      quote,
    })),
  );
}

/** Whether a text orders or proclaims something itself, by the President's authority. */
export function isInstrument(text: string): boolean {
  const byPower = /authority vested in me|I,? .{3,60}President of the United States/i.test(text);
  // `Under section 212(f) … I hereby proclaim`, by a document that is signed: news quotes such words too.
  const bySection =
    /\bsections? 212\(f\).{0,600}\bI (?:hereby )?(?:proclaim|order)\b/i.test(text) && /in witness whereof/i.test(text);
  return /\bhereby\b/.test(text) && (byPower || bySection);
}

/** Why a document that proposes nothing proposes nothing. */
export function reasonForNothing(title: string | null, text: string): string {
  if (/^fact sheet\b/i.test(title ?? '') || !isInstrument(text))
    return 'It is no instrument: nothing in it is ordered or proclaimed, so it can tell of law and not change it.';
  const revoked = revocations(text);
  if (revoked.length > 0)
    return `It revokes ${revoked.map((each) => each.instrument).join(', ')}, of which the ledger it was read against holds no row in force.`;
  if (
    /(?:aliens|nationals|persons) from (?:the )?countries (?:referred to|designated|identified).{0,400}suspen|suspen.{0,400}(?:aliens|nationals|persons) from (?:the )?countries (?:referred to|designated|identified)/i.test(
      text,
    )
  )
    return 'It suspends entry by country and names none: the countries stand in another law or list, so it is unsure which are meant.';
  if (/Alien Enemies Act/i.test(text) && /apprehended|removed/i.test(text))
    return 'It orders people to be apprehended and removed under the Alien Enemies Act; it suspends nobody’s entry by nationality.';
  if (/physically present/i.test(text) && /suspend/i.test(text))
    return 'It rests on where people have been, not on their nationality.';
  if (/property and interests in property/i.test(text))
    return 'It is a sanction on named persons or on conduct, not on nationals of a country.';
  if (
    /entry[^.]{0,80}of (?:any |such |certain |all )?(?:aliens?|persons?|foreign nationals|individuals|officials)|suspension of entry|restriction on entry/i.test(
      text,
    )
  )
    return 'It limits the entry of people by purpose, employer, school, conduct or place, not by nationality.';
  return 'It holds no suspension of entry.';
}
