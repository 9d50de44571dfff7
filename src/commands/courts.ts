import { UserError } from '../core/errors.ts';
import type { CourtCase } from '../core/ledger.ts';
import type { Block, Line } from '../core/message.ts';
import { dayInWashington } from '../lib/clock.ts';
import { textOf } from './arguments.ts';
import { answer, datedFooter } from './replies.ts';
import { reportAction } from './report.ts';
import type { Definition } from './services.ts';

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
    const cases = services.ledger.courts(query);
    if (query !== undefined && cases.length === 0)
      throw new UserError(`No case “${query}” is on record. /courts lists them.`);
    const only = cases.length === 1 ? cases[0] : undefined;
    const plain = only ? `${only.name}: ${only.posture}.` : `${cases.length} cases.`;
    const blocks: Block[] = only
      ? caseBlocks(only)
      : [
          {
            kind: 'list',
            items: cases.map((each): Line => [{ text: each.name, strong: true }, ` (${each.docket}): ${each.posture}`]),
          },
        ];
    const footer = datedFooter(
      services.ledger.lastVerified,
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
        { version: 1, cases },
      ),
    );
  },
};

function caseBlocks(each: CourtCase): Block[] {
  const also =
    each.otherNames.length > 0
      ? [[`Also captioned ${each.otherNames.join(', ')}. Docket ${each.docket}.`]]
      : [[`Docket ${each.docket}.`]];
  const steps = each.history.map((event): Line => {
    const source = event.source.url === null ? event.source.title : { text: event.source.title, url: event.source.url };
    const doubt = event.confidence === 'from-memory-unverified' ? ' (unverified)' : '';
    return [{ text: event.date, strong: true }, ` ${event.court}: ${event.posture}. ${event.holding}${doubt} `, source];
  });
  return [
    { kind: 'text', lines: also },
    { kind: 'list', items: steps },
  ];
}
