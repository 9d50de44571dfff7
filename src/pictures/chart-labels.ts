import type { CountryCode } from '../core/country.ts';
import type { TimelineEvent } from '../core/ledger.ts';
import type { Stage } from '../core/reading.ts';
import { stageWords } from '../core/story-words.ts';
import { shortDay } from './words.ts';

/** What a chart calls countries and matters. */
export interface LabelWords {
  country(code: CountryCode): string;
  /** `removals/RW` as "Rwanda: removals", with one of its developments to look at. */
  matter(id: string, event: TimelineEvent | undefined): string;
}

const stages: Readonly<Record<string, string>> = {
  approached: 'asked',
  operational: 'arrivals',
  effective: 'in effect',
  'block-lifted': 'block lifted',
  lifted: 'ended',
  tro: 'restraining order',
  stayed: 'order stayed',
  'cert-granted': 'review granted',
};

/** A stage as a chart says it, in lower case. */
export function shortStage(stage: string): string {
  return stages[stage] ?? stageWords(stage as Stage);
}

/** What stands beside a mark: what happened, to whom where the track does not say it, and when. */
export function eventLabel(
  event: TimelineEvent,
  { byMatter, isFirst }: { byMatter: boolean; isFirst: boolean },
  words: LabelWords,
): string {
  const what = event.kind === 'court' ? rulingOf(event) : stepOf(event, isFirst);
  const whom = byMatter ? '' : whomOf(event, words);
  const said = whom === '' ? capital(what) : `${whom}: ${what}`;
  const when = /^\d{4}/.test(event.date) ? shortDay(event.date) : 'date not known';
  return `${said} · ${when}`;
}

function stepOf({ kind, stage, title }: TimelineEvent, isFirst: boolean): string {
  if (stage === 'operational') return isFirst ? 'first arrival' : 'more people arrived';
  const instrument = kind === 'ban' ? /(Proclamation|Executive Order) \d+/.exec(title)?.[0] : undefined;
  const tier =
    stage === 'effective' ? /\b(full|partial|immigrants?[- ]only)\b/i.exec(title)?.[0].toLowerCase() : undefined;
  const step = tier === undefined ? shortStage(stage) : `${tier}, in effect`;
  return instrument === undefined
    ? step
    : `${step} (${instrument.replace('Proclamation', 'Proc.').replace('Executive Order', 'EO')})`;
}

/** `Name, Court: Ruling. What it means.` as `Ruling (Court)`. */
function rulingOf({ title, stage }: TimelineEvent): string {
  const found = /^.*?, ([^,:]+): ([^.:]+?)(?:\.(?:\s|$)|$)/.exec(title);
  const ruling = found?.[2];
  return found === null || ruling === undefined || ruling.length > 60
    ? shortStage(stage)
    : `${ruling} (${found[1] ?? ''})`;
}

function whomOf(event: TimelineEvent, words: LabelWords): string {
  if (event.kind === 'court' || event.kind === 'other') return words.matter(event.matter, event);
  const [first, ...more] = event.countries;
  if (first === undefined) return '';
  return more.length === 0 ? words.country(first) : `${event.countries.length} countries`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
