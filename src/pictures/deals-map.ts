import type { Countries } from '../core/country.ts';
import type { Deal, DealStep, Ledger } from '../core/ledger.ts';
import type { Stage } from '../core/reading.ts';
import { type MapQuestion, mapFooter } from './ban-map.ts';
import { namesIn } from './names.ts';
import type { MapSpec, Shade } from './spec.ts';
import { altOf, counted, dayInWords, listed } from './words.ts';

/** In the order that an arrangement goes through them. */
const stages: readonly { stages: readonly Stage[]; shade: Shade; text: string }[] = [
  { stages: ['approached', 'considered', 'announced'], shade: 'approached', text: 'Asked' },
  { stages: ['in-talks'], shade: 'in-talks', text: 'In talks' },
  { stages: ['agreed'], shade: 'agreed', text: 'Agreed' },
  { stages: ['signed', 'effective', 'modified', 'extended'], shade: 'signed', text: 'Signed' },
  { stages: ['operational'], shade: 'operational', text: 'People arrived' },
  { stages: ['refused'], shade: 'refused', text: 'Refused' },
  { stages: ['denied'], shade: 'denied', text: 'Denied that there is one' },
  { stages: ['suspended', 'blocked', 'lifted'], shade: 'stopped', text: 'Suspended, blocked or ended' },
];

/** Where the third-country removal arrangements stand on a day, by country. */
export function dealsMap(
  ledger: Ledger,
  countries: Countries,
  asked: MapQuestion,
  stageAfter: (history: readonly DealStep[]) => Stage,
): MapSpec {
  const nameOf = namesIn(asked.locale, countries);
  const standing = new Map(dealsOn(ledger.deals(), asked.on, stageAfter));
  const groups = stages.map((group) => ({
    ...group,
    names: [...standing]
      .filter(([, stage]) => group.stages.includes(stage))
      .map(([code]) => nameOf(code))
      .toSorted((a, b) => a.localeCompare(b)),
  }));
  const day = dayInWords(asked.on);
  const title = 'Deportation deals: third-country removals';
  return {
    kind: 'map',
    title,
    subtitle: `By stage on ${day}: ${counted(standing.size, 'country', 'countries')}`,
    notes: [],
    footer: mapFooter(ledger, asked.on),
    alt: altOf([`World map: ${title}, ${day}.`, ...groups.map(({ text, names }) => listed(text, names))]),
    theme: asked.theme,
    language: asked.locale,
    places: countries.all.map(({ code }) => {
      const stage = standing.get(code);
      const shade = stages.find((group) => stage !== undefined && group.stages.includes(stage))?.shade;
      return {
        code,
        shade: shade ?? (code === 'US' ? 'home' : 'none'),
        name: nameOf(code),
        named: shade !== undefined,
        data: { stage: stage ?? 'none' },
      };
    }),
    legend: groups
      .filter(({ names }) => names.length > 0)
      .map(({ shade, text, names }) => ({ shade, text: `${text} (${names.length})` })),
  };
}

/** Stages as the steps up to a day leave them; what had not begun by then is left out. */
function dealsOn(
  deals: readonly Deal[],
  on: string,
  stageAfter: (history: readonly DealStep[]) => Stage,
): readonly (readonly [string, Stage])[] {
  return deals.flatMap(({ code, history }) => {
    const until = history.filter(({ date }) => date <= on);
    return until.length === 0 ? [] : [[code, stageAfter(until)] as const];
  });
}
