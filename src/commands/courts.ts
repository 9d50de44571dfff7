import { UserError } from '../core/errors.ts';
import type { CourtCase } from '../core/ledger.ts';
import { type Block, type Line, quoted } from '../core/message.ts';
import type { Stage } from '../core/reading.ts';
import { dayInWashington } from '../lib/clock.ts';
import { textOf } from './arguments.ts';
import { answer, datedFooter, verifiedBy } from './replies.ts';
import { reportAction } from './report.ts';
import type { Definition } from './services.ts';

/** What a posture is not. */
const cautions: Readonly<Partial<Record<Stage, string>>> = {
  filed: 'A filing is not an order.',
  argued: 'An argument is not a ruling.',
  tro: 'A temporary restraining order is not a ruling on legality.',
  injunction: 'A preliminary injunction says who is likely to win, not who won.',
  stayed: 'A stay is not a ruling on legality: it says what may be done until there is one.',
  'cert-granted': 'That a case is taken up decides nothing about it.',
};

/** `/courts [case]`: posture now and how it got there. */
export const courts: Definition = {
  name: 'courts',
  summary: 'Court cases: where each stands and how it got there',
  access: 'anyone',
  slow: false,
  options: [{ name: 'case', summary: 'a case: its name or docket', type: 'text', positional: true }],
  complete: (_option, text, _asker, services) =>
    Promise.resolve(
      services.ledger
        .courts(text === '' ? undefined : text)
        .slice(0, 25)
        .map((each) => ({ value: each.id, label: each.name.slice(0, 100) })),
    ),
  run: (args, _asker, services) => {
    const query = textOf(args, 'case');
    // Cases that move stand first, those without an entry last.
    const cases = services.ledger.courts(query).toSorted((a, b) => newestDay(b).localeCompare(newestDay(a)));
    if (query !== undefined && cases.length === 0)
      throw new UserError(`No case “${query}” is on record. /courts lists them.`);
    const only = cases.length === 1 ? cases[0] : undefined;
    const plain = only ? `${only.name}: ${only.posture}.` : `${cases.length} cases.`;
    const blocks: Block[] = only
      ? caseBlocks(only)
      : [
          {
            kind: 'list',
            items: cases.map(
              (each): Line => [
                { text: each.name, strong: true },
                quoted(` (${each.docket}): `, null),
                quoted(each.posture, null),
                ` (newest entry ${newestOf(each)})`,
              ],
            ),
          },
        ];
    const footer = datedFooter(
      // One case was looked at when its newest entry was made, whenever the suspensions were.
      only ? newestOf(only) : verifiedBy(services.ledger, cases.map(newestOf)),
      services.ledger.dataEnds,
      dayInWashington(services.clock.now()),
      services.staleAfterDays,
    );
    return Promise.resolve(
      answer(
        {
          title: only?.name ?? 'Court cases',
          plain,
          blocks: [{ kind: 'text', lines: [[plain]] }, ...blocks],
          footer,
          actions: [reportAction(only ? `courts ${only.id}` : 'courts')],
          tone: 'neutral',
        },
        { version: 1, cases: cases.map((each) => ({ ...each, lastVerified: newestOf(each) })) },
      ),
    );
  },
};

/** Empty where no day is known. */
function newestDay({ history }: CourtCase): string {
  const told = history.at(-1)?.date ?? '';
  return /^\d/.test(told) ? told : '';
}

/** The day of a case's newest entry: nothing later of it was looked up. */
function newestOf(each: CourtCase): string {
  return newestDay(each) || 'unknown';
}

function caseBlocks(each: CourtCase): Block[] {
  const { otherNames, docket, scope, next } = each;
  const last = each.history.at(-1);
  const field = (name: string, text: string | undefined): { name: string; value: Line }[] =>
    text === undefined || text === '' ? [] : [{ name, value: [text] }];
  const fields = [
    ...field('Docket', docket),
    ...field('Also captioned', otherNames.join(', ')),
    ...field('Affects', last?.affects),
    ...field('Whom', scope),
    ...field('Next', next && `${next.what}, ${next.date}`),
    ...field('Keep in mind', cautions[last?.stage ?? 'ruled']),
  ];
  const steps = each.history.map((event): Line => {
    const source = quoted(event.source.title, event.source.url);
    const doubt = event.confidence === 'from-memory-unverified' ? ' (unverified)' : '';
    return [{ text: event.date, strong: true }, ` ${event.court}: ${event.posture}. ${event.holding}${doubt} `, source];
  });
  return [
    { kind: 'fields', fields },
    { kind: 'list', items: steps },
  ];
}
