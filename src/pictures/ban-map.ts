import type { BanStatus } from '../core/ban-status.ts';
import type { Countries } from '../core/country.ts';
import type { Ledger } from '../core/ledger.ts';
import { namesIn } from './names.ts';
import type { MapSpec, Shade, Theme } from './spec.ts';
import { altOf, counted, dayInWords, listed } from './words.ts';

export interface MapQuestion {
  /** `YYYY-MM-DD`, in Washington. */
  on: string;
  theme: Theme;
  locale: string;
}

/** A country as the map shows it. */
export interface Standing {
  code: string;
  name: string;
  status: BanStatus;
  measures: readonly string[];
  /** One of them names the country itself, and is not only for everyone under a suspension. */
  named: boolean;
  lifted: boolean;
}

const tierNames: readonly { shade: Shade; text: string }[] = [
  { shade: 'full', text: 'Full suspension' },
  { shade: 'partial', text: 'Partial suspension' },
  { shade: 'immigrant-only', text: 'Immigrants only' },
  { shade: 'other', text: 'Other visa or entry measure' },
  { shade: 'lifted', text: 'Lifted or expired' },
];

/** The map of entry suspensions on a day, from the same answers as `/ban-status`. */
export function banMap(ledger: Ledger, countries: Countries, asked: MapQuestion): MapSpec {
  const standings = standingsOn(ledger, countries, asked);
  const shaded = standings.map((standing) => ({ ...standing, shade: shadeOf(standing) }));
  const namesOf = (shade: Shade): string[] =>
    shaded
      .filter((each) => each.shade === shade)
      .map(({ name }) => name)
      .toSorted((a, b) => a.localeCompare(b));
  const groups = tierNames.map((group) => ({ ...group, names: namesOf(group.shade) }));
  const day = dayInWords(asked.on);
  const notes = [...courtNotes(standings), ...documentNotes(ledger, asked.on)];
  const title = 'US entry suspensions (travel bans)';
  const under = groups.slice(0, 3).reduce((sum, { names }) => sum + names.length, 0);
  return {
    kind: 'map',
    title,
    subtitle: `In force on paper on ${day}: ${counted(under, 'country', 'countries')}`,
    notes,
    footer: mapFooter(ledger, asked.on),
    alt: altOf([
      `World map: ${title}, ${day}.`,
      ...(under === 0 ? ['No country is under an entry suspension.'] : []),
      ...groups.map(({ text, names }, index) => listed(text, names, index < 3 ? 45 : 8)),
      ...notes,
    ]),
    theme: asked.theme,
    language: asked.locale,
    places: shaded.map(({ code, name, status, measures, lifted, shade }) => ({
      code,
      shade,
      name,
      named: status.tier !== 'none',
      data: dataOf(status, measures, lifted),
    })),
    legend: groups
      .filter(({ names, shade }) => names.length > 0 || shade === 'full' || shade === 'partial')
      .map(({ shade, text, names }) => ({ shade, text: `${text} (${names.length})` })),
  };
}

/** Where every country stands on a day. */
export function standingsOn(ledger: Ledger, countries: Countries, { on, locale }: MapQuestion): readonly Standing[] {
  const nameOf = namesIn(locale, countries);
  const restricted = ledger.banList(on).other.filter(({ kind }) => isRestriction(kind));
  const named = new Set(restricted.map(({ code }) => code));
  return countries.all.map(({ code }) => {
    const status = ledger.banStatus(code, { on });
    const measures = status.other.filter(({ to }) => to === null || (to !== 'unknown' && on < to));
    return {
      code,
      name: nameOf(code),
      status,
      measures: [...new Set(measures.map(({ kind }) => kind))].toSorted(),
      named: named.has(code),
      lifted: status.tier === 'none' && status.history.some(({ to }) => to !== null),
    };
  });
}

/** `data-tier`, and beside it `data-other`: `other` and `lifted`, with the measures by kind. */
export function dataOf(status: BanStatus, measures: readonly string[], lifted: boolean): Record<string, string> {
  const other = [...(measures.some(isRestriction) ? ['other'] : []), ...(lifted ? ['lifted'] : [])].join(' ');
  const { state } = status.enforcement;
  return {
    tier: status.tier,
    ...(other === '' ? {} : { other }),
    ...(measures.length === 0 ? {} : { measures: measures.join(' ') }),
    ...(state === 'enjoined' || state === 'partly-enjoined' ? { enforcement: state } : {}),
  };
}

/** A rule on documents is no country's, and being looked at restricts nobody: neither shades a country. */
function isRestriction(kind: string): boolean {
  return kind !== 'document-rule' && kind !== 'review-flag';
}

function shadeOf({ code, status, named, lifted }: Standing): Shade {
  if (status.tier !== 'none') return status.tier;
  if (code === 'US') return 'home';
  if (named) return 'other';
  return lifted ? 'lifted' : 'none';
}

/** Paper is not the ground: where courts kept a suspension from being enforced, the map says so. */
function courtNotes(standings: readonly Standing[]): readonly string[] {
  return (['enjoined', 'partly-enjoined'] as const).flatMap((state) => {
    const names = standings.filter(({ status }) => status.tier !== 'none' && status.enforcement.state === state);
    if (names.length === 0) return [];
    const verb = state === 'enjoined' ? 'blocked' : 'partly blocked';
    return [
      `Courts ${verb} it for: ${names
        .map(({ name }) => name)
        .toSorted((a, b) => a.localeCompare(b))
        .join(', ')}.`,
    ];
  });
}

function documentNotes(ledger: Ledger, on: string): readonly string[] {
  return ledger
    .banList(on)
    .documents.map(({ rule, instrument }) => `${rule} (${instrument}); a rule on documents, not on a country.`);
}

/** Date and source in a map's frame. */
export function mapFooter(ledger: Ledger, on: string): string {
  return `${recordFooter(ledger, on)} Borders: Natural Earth, Equal Earth projection.`;
}

/** Date and source in the frame of what comes from the record. */
export function recordFooter(ledger: Ledger, on: string): string {
  const late = on > ledger.dataEnds ? `The record ends on ${dayInWords(ledger.dataEnds)}. ` : '';
  return `${late}Source: Borderwire’s cited record of proclamations and orders, last verified ${dayInWords(ledger.lastVerified)}. Information, not legal advice.`;
}
