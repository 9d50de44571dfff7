import { inSentence } from '../core/country-words.ts';
import type { CourtCase, Deal, DealKind, DealStep } from '../core/ledger.ts';
import { type Block, type Line, quoted, type Span } from '../core/message.ts';
import { stageWords } from '../core/story-words.ts';
import { dayInWashington } from '../lib/clock.ts';
import { certainCountry, countryChoices, textOf } from './arguments.ts';
import { answer, datedFooter } from './replies.ts';
import { reportAction } from './report.ts';
import type { Definition } from './services.ts';

/** `/deals [country]`: third-country removal arrangements, stage by stage. */
export const deals: Definition = {
  name: 'deals',
  summary: 'Third-country removal deals: stage, cap, people sent, payment, with sources',
  access: 'anyone',
  slow: false,
  options: [{ name: 'country', summary: 'a country', type: 'country', positional: true }],
  complete: (_option, text, _asker, services) => Promise.resolve(countryChoices(text, services.countries)),
  run: (args, _asker, services) => {
    const today = dayInWashington(services.clock.now());
    const name = textOf(args, 'country');
    const country = name === undefined ? undefined : certainCountry(name, services.countries);
    const deals = services.ledger.deals(country?.code);
    const data = { version: 1, deals };
    // Each step was verified on its own day, whenever the suspensions were: an answer claims no later one.
    const days = deals.flatMap(({ history }) => history.map((step) => step.lastVerified));
    const verified =
      days
        .filter((day) => day.length === 10)
        .toSorted()
        .at(-1) ?? services.ledger.lastVerified;
    const footer = datedFooter(verified, services.ledger.dataEnds, today, services.staleAfterDays);
    if (country) {
      const deal = deals[0];
      const where = inSentence(country.name);
      const plain = deal
        ? `${country.name}: ${dealStage(deal.stage)}.`
        : `No third-country removal arrangement with ${where} is on record.`;
      const title = `${country.flag} ${country.name}: third-country removals`;
      const cases = services.ledger.courts().filter((each) => isLitigation(each, country.code));
      return Promise.resolve(
        answer(
          {
            title,
            plain,
            blocks: [{ kind: 'text', lines: [[plain]] }, ...(deal ? dealBlocks(deal, cases) : [])],
            footer,
            actions: [reportAction(`deals ${country.code}`)],
            tone: 'neutral',
          },
          data,
        ),
      );
    }
    const items = deals.map(
      (deal): Line => [
        `${services.countries.get(deal.code)?.flag ?? ''} ${deal.name}: ${dealStage(deal.stage)} (${deal.history.at(-1)?.date ?? ''})${otherKind(deal)}`,
      ],
    );
    const plain = `Countries that were asked, agreed, refused or received people: ${deals.length}.`;
    return Promise.resolve(
      answer(
        {
          title: 'Third-country removals',
          plain,
          blocks: [
            { kind: 'text', lines: [[plain]] },
            { kind: 'list', items },
          ],
          footer,
          actions: [reportAction('deals')],
          tone: 'neutral',
        },
        data,
      ),
    );
  },
};

/** A removal stage as words. */
function dealStage(stage: Deal['stage']): string {
  return stage === 'operational' ? 'operational: people arrived' : stageWords(stage);
}

/** Cases on removals that name the country. */
function isLitigation({ about = [], history }: CourtCase, code: string): boolean {
  return about.includes('removals') && history.some((event) => event.countries.includes(code));
}

const kindWords: Readonly<Record<DealKind, string>> = {
  'third-country-removal': '',
  'safe-third-country': 'safe-third-country transfer',
  transit: 'transit',
  repatriation: 'repatriation of own nationals',
};

function otherKind({ history }: Deal): string {
  const kinds = [...new Set(history.map((step) => kindWords[step.kind ?? 'third-country-removal']))].filter(Boolean);
  return kinds.length === 0 ? '' : `; also ${kinds.join(', ')}`;
}

/** Each fact apart, with the day it was told for; what was agreed, sent and is still there are never added up. */
function dealBlocks({ history }: Deal, cases: readonly CourtCase[]): Block[] {
  const told = (of: (step: DealStep) => string | null | undefined): string | null => {
    const values = history.flatMap((step) => {
      const value = of(step);
      return value === null || value === undefined ? [] : [`${value} (${step.date})`];
    });
    return values.length === 0 ? null : values.join('; ');
  };
  const against = history.filter((step) => stopping.includes(step.stage));
  const facts: [string, string | null][] = [
    ['Cap', told((step) => step.cap) ?? 'none on record'],
    ['Sent', told((step) => step.transferred) ?? 'no number on record'],
    ['Still there', told((step) => step.remaining) ?? 'no number on record'],
    ['Nationals accepted', told((step) => step.nationalities)],
    ['Payment', told((step) => step.payment)],
    ['Instrument', told((step) => step.instrument)],
    [
      'Said against it',
      against.map((step) => `${stageWords(step.stage)} (${step.date}, ${step.certainty})`).join('; ') || null,
    ],
    ['Litigation', cases.map((each) => `${each.name}: ${each.posture}`).join('; ') || null],
  ];
  return [
    { kind: 'fields', fields: facts.flatMap(([name, text]) => (text === null ? [] : [{ name, value: [text] }])) },
    { kind: 'heading', text: 'Step by step' },
    { kind: 'list', items: history.map(stepLine) },
  ];
}

const stopping: readonly DealStep['stage'][] = ['denied', 'refused', 'suspended', 'blocked'];

function stepLine(step: DealStep): Line {
  const facts: Span[] = [
    kindWords[step.kind ?? 'third-country-removal'],
    step.note ? quoted(step.note, null) : '',
    step.confidence === 'from-memory-unverified' ? 'unverified' : '',
  ].filter((fact) => fact !== '');
  const source = quoted(step.source.title, step.source.url);
  return [
    { text: step.date, strong: true },
    ` ${stageWords(step.stage)}`,
    ` (${step.certainty})`,
    ...facts.flatMap((fact, at) => [at === 0 ? ': ' : '; ', fact]),
    ' ',
    source,
  ];
}
