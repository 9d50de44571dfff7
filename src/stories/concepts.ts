/** What is looked for in a sentence; `config/topics.yaml` lists the phrases of each. */
export const concepts = [
  'us',
  'us-government',
  'removal',
  'moved',
  'people',
  'us-request',
  'case',
  'deportees',
  'third',
  'third-country-exact',
  'host',
  'ban',
  'ban-instrument',
  'region',
  'order',
  'entry',
  'nationals',
  'bar',
  'visa',
  'visa-pause',
  'visa-rule',
  'tps',
  'court',
  'other-sender',
  'own-nationals',
  'bars-itself',
  'expels-itself',
  'elsewhere',
  'other-us',
] as const;
type Single = (typeof concepts)[number];

/** Each concept as one bit. */
export const bit = Object.fromEntries(concepts.map((name, at) => [name, 1 << at])) as Record<Single, number>;
/** Phrases that say two things at once, or none, each a list of its own in `config/topics.yaml`. */
export const compounds = {
  'us-court': bit['us-government'] | bit.court,
  'shuts-out': bit.bar | bit.entry,
  // Say nothing themselves, and nothing that stands within them is heard: `students from travel-ban countries`.
  'by-the-way': 0,
} as const;
/** Every list of `config/topics.yaml` with the bits that its phrases set. */
export const masks = { ...bit, ...compounds };
export type Concept = keyof typeof masks;
/** A country or its capital is named; a people is named. */
export const place = 1 << concepts.length;
export const people = 1 << (concepts.length + 1);
/** A country is named to which the state followed is known to send people. */
export const knownHost = 1 << (concepts.length + 2);
export const foreign = place | people;
export const american = bit.us | bit['us-government'];

/** Concepts of one sentence as bits. */
export type Mask = number;

/** Whether any of the bits is set. */
export function has(mask: Mask, bits: number): boolean {
  return (mask & bits) !== 0;
}
