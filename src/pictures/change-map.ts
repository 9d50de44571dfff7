import type { Countries } from '../core/country.ts';
import type { Ledger, Tier } from '../core/ledger.ts';
import { dataOf, type MapQuestion, mapFooter, type Standing, standingsOn } from './ban-map.ts';
import type { MapSpec, Shade } from './spec.ts';
import { altOf, counted, dayInWords, listed } from './words.ts';

type Change = Extract<Shade, 'added' | 'tightened' | 'eased' | 'ended' | 'classes' | 'unchanged' | 'none' | 'home'>;

const changes: readonly { shade: Change; text: string }[] = [
  { shade: 'added', text: 'Newly suspended' },
  { shade: 'tightened', text: 'Tightened' },
  { shade: 'classes', text: 'Other visa classes' },
  { shade: 'eased', text: 'Eased' },
  { shade: 'ended', text: 'Suspension ended' },
  { shade: 'unchanged', text: 'Suspended on both days' },
];

const strictness: Readonly<Record<Tier, number>> = { none: 0, 'immigrant-only': 1, partial: 2, full: 3 };
const tierWords: Readonly<Record<Tier, string>> = {
  none: 'no suspension',
  'immigrant-only': 'immigrants only',
  partial: 'partial',
  full: 'full',
};

interface Compared extends Standing {
  before: Tier;
  shade: Change;
}

/** What differs on paper from one day to a later one, and what stayed. `data-tier` is the later day's. */
export function changeMap(ledger: Ledger, countries: Countries, asked: MapQuestion & { since: string }): MapSpec {
  const compared = compare(ledger, countries, asked);
  const groups = changes.map((group) => ({ ...group, of: compared.filter(({ shade }) => shade === group.shade) }));
  const changed = groups.filter(({ shade }) => shade !== 'unchanged').reduce((sum, { of }) => sum + of.length, 0);
  const [from, to] = [dayInWords(asked.since), dayInWords(asked.on)];
  const title = 'US entry suspensions: what changed';
  const notes = movesOf(compared);
  return {
    kind: 'map',
    title,
    subtitle: `From ${from} to ${to}: ${changed === 0 ? 'no changes' : counted(changed, 'country', 'countries')}`,
    notes,
    footer: mapFooter(ledger, asked.on),
    alt: altOf([
      `World map: ${title}, from ${from} to ${to}.`,
      changed === 0 ? 'Nothing changed on paper.' : notes.join(' '),
      listed('Suspended on both days', groups.at(-1)?.of.map(({ name }) => name) ?? [], 8),
    ]),
    theme: asked.theme,
    language: asked.locale,
    places: compared.map(({ code, name, status, measures, lifted, before, shade }) => ({
      code,
      shade,
      name,
      named: !['none', 'home', 'unchanged'].includes(shade),
      data: { ...dataOf(status, measures, lifted), before, change: shade === 'home' ? 'none' : shade },
    })),
    legend: groups
      .filter(({ of }) => of.length > 0)
      .map(({ shade, text, of }) => ({ shade, text: `${text} (${of.length})` })),
  };
}

function compare(ledger: Ledger, countries: Countries, asked: MapQuestion & { since: string }): readonly Compared[] {
  const earlier = new Map(
    standingsOn(ledger, countries, { ...asked, on: asked.since }).map((each) => [each.code, each]),
  );
  return standingsOn(ledger, countries, asked).map((later) => {
    const before = earlier.get(later.code)?.status;
    const tier = before?.tier ?? 'none';
    const classes = [before?.visaClasses ?? [], later.status.visaClasses].map((each) => each.toSorted().join(' '));
    return { ...later, before: tier, shade: changeOf(later.code, tier, later.status.tier, classes[0] !== classes[1]) };
  });
}

function changeOf(code: string, before: Tier, after: Tier, otherClasses: boolean): Change {
  if (before === after) {
    if (after === 'none') return code === 'US' ? 'home' : 'none';
    return otherClasses ? 'classes' : 'unchanged';
  }
  if (before === 'none') return 'added';
  if (after === 'none') return 'ended';
  return strictness[after] > strictness[before] ? 'tightened' : 'eased';
}

/** The same moves together, in words: `From partial to full: Laos, …`. */
function movesOf(compared: readonly Compared[]): readonly string[] {
  const moves = new Map<string, string[]>();
  for (const { before, status, shade, name } of compared) {
    if (['none', 'home', 'unchanged'].includes(shade)) continue;
    const move =
      shade === 'classes'
        ? `Still ${tierWords[status.tier]}, for other visa classes`
        : `From ${tierWords[before]} to ${tierWords[status.tier]}`;
    moves.set(move, [...(moves.get(move) ?? []), name]);
  }
  return [...moves].map(([move, names]) =>
    listed(
      move,
      names.toSorted((a, b) => a.localeCompare(b)),
      60,
    ),
  );
}
