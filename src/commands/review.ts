import type { Asker } from '../core/command.ts';
import { UserError } from '../core/errors.ts';
import { type Action, type Block, type Line, quoted, type Reply } from '../core/message.ts';
import type { LedgerProposal } from '../core/review.ts';
import { textOf } from './arguments.ts';
import { pageOf, pageOption } from './pages.ts';
import { answer, sentence } from './replies.ts';
import type { Definition, Services } from './services.ts';

const shownAtOnce = 10;
/** Each has a button, and so have the pages beside it: no more than two rows of them. */
const onPage = 8;
const mostWaiting = 1000;

/** `/review`: proposals to the record as diffs with their quotations; approve or reject with a reason; people's reports. */
export const review: Definition = {
  name: 'review',
  summary: 'Operators: proposals to change the record, and reports of errors; approve, reject, answer',
  access: 'operator',
  slow: false,
  options: [
    { name: 'id', summary: 'one proposal: its change, its sentence, its source', type: 'text', positional: true },
    { name: 'approve', summary: 'a proposal’s id, or an instrument: all that wait of it', type: 'text' },
    { name: 'reject', summary: 'a proposal’s id, or an instrument', type: 'text' },
    { name: 'adopt', summary: 'take the shipped record’s entry instead of what was approved: its key', type: 'text' },
    { name: 'resolve', summary: 'a report’s id: it is answered', type: 'text' },
    { name: 'reason', summary: 'why: kept, and shown in the country’s history', type: 'text' },
    pageOption,
  ],
  complete: async (option, _text, _asker, { review: desk }) => {
    if (!['id', 'approve', 'reject'].includes(option)) return [];
    const waiting = await desk.waiting(25);
    return waiting.map(({ id, summary }) => ({ value: id, label: summary.slice(0, 100) }));
  },
  run: async (args, asker, services) => {
    const asked = (name: string): string | undefined => textOf(args, name);
    const [approve, reject, adopt, resolve, id] = ['approve', 'reject', 'adopt', 'resolve', 'id'].map(asked);
    if (approve !== undefined && reject !== undefined) throw new UserError('Either approve or reject, one at a time.');
    if (approve !== undefined) return decide('approved', approve, asked('reason'), asker, services);
    if (reject !== undefined) return decide('rejected', reject, asked('reason'), asker, services);
    if (adopt !== undefined) return adoptShipped(adopt, asked('reason'), asker, services);
    if (resolve !== undefined) return resolveReport(resolve, asked('reason'), asker, services);
    if (id !== undefined) return oneProposal(await find(id, services), services);
    return everything(services, asked('page'));
  },
};

async function everything({ review: desk }: Services, asked: string | undefined): Promise<Reply> {
  const waiting = await desk.waiting(mostWaiting);
  const reports = await desk.reports(shownAtOnce);
  const differences = desk.differences();
  const paging = { size: onPage, asked, command: '/review', opensAt: 'first' } as const;
  const { shown, words, actions, blocks } = pageOf(waiting, paging);
  const plain =
    waiting.length + reports.length + differences.length === 0
      ? 'Nothing waits for review.'
      : `${waiting.length} proposals wait, ${reports.length} reports, ${differences.length} approvals that the shipped record contradicts or lacks.${words}`;
  return answer(
    {
      title: 'Review',
      plain,
      blocks: [
        { kind: 'text', lines: [[plain]] },
        ...listed('Proposals', shown.map(proposalLine)),
        ...listed(
          'Reports of errors',
          reports.map((each) => [
            { text: shortId(each.id), strong: true },
            ' ',
            each.about,
            ': ',
            quoted(`“${each.words}”`, null),
          ]),
        ),
        ...listed(
          'Approved, and the shipped record says otherwise',
          differences
            .slice(0, shownAtOnce)
            .map((each) => [
              { text: each.key, strong: true },
              ` approved: ${each.approved}; shipped: ${each.shipped ?? 'nothing'}`,
            ]),
        ),
        ...blocks,
      ],
      actions: [
        ...shown.map((each) => ({
          kind: 'command' as const,
          label: each.summary.slice(0, 40),
          command: `/review ${shortId(each.id)}`,
        })),
        ...actions,
      ],
      tone: 'neutral',
    },
    { version: 1, proposals: waiting, reports, differences },
  );
}

function oneProposal(proposal: LedgerProposal, { review: desk }: Services): Reply {
  const { source, quote, summary, state } = proposal;
  const diff = desk.diff(proposal);
  const decided = state === 'waiting' ? [] : [[`${state} on ${proposal.decidedAt ?? ''}: ${proposal.reason ?? ''}`]];
  const lines: Line[] = [
    [{ text: summary, strong: true }],
    ...diff.map((line): Line => [line]),
    [`“${quote}”`],
    [quoted(source.title, source.url)],
    ...decided,
  ];
  return answer(
    {
      title: `Proposal ${shortId(proposal.id)}`,
      plain: summary,
      blocks: [
        { kind: 'text', lines },
        ...(state === 'waiting' ? [{ kind: 'note' as const, line: [howToDecide(proposal)] }] : []),
      ],
      actions: state === 'waiting' ? decisions(proposal) : [],
      tone: 'neutral',
    },
    { version: 1, proposal, diff },
  );
}

function howToDecide({ id }: LedgerProposal): string {
  return `/review approve:${shortId(id)} reason:… or /review reject:${shortId(id)} reason:…`;
}

/** The reason is asked for when one is pressed. */
function decisions({ id }: LedgerProposal): Action[] {
  const button = (label: string, option: string): Action => {
    return { kind: 'command', label, command: `/review ${option}:${shortId(id)}` };
  };
  return [button('Approve', 'approve'), button('Reject', 'reject')];
}

async function decide(
  state: 'approved' | 'rejected',
  which: string,
  reason: string | undefined,
  asker: Asker,
  services: Services,
): Promise<Reply> {
  const because = needReason(reason);
  const chosen = await chosenBy(which, services);
  const by = `${asker.channel.platform}:${asker.userId}`;
  const decided: LedgerProposal[] = [];
  const changes = [];
  for (const proposal of chosen) {
    const changed = await services.review.decide(proposal.id, { state, by, reason: because });
    if (changed === null) continue;
    decided.push(proposal);
    changes.push(...changed);
  }
  // Another operator was quicker, perhaps on another platform.
  const [first] = chosen;
  if (decided.length === 0 && first) throw decidedAlready((await services.review.proposal(first.id)) ?? first);
  const plain = `${decided.length} of ${chosen.length} ${state}.${changes.length === 0 ? '' : ` Today’s answer changes for ${changes.map((each) => `${each.name} (${each.before}, now ${each.after})`).join(', ')}.`}`;
  return answer(
    {
      title: 'Review',
      plain,
      blocks: [{ kind: 'text', lines: [[plain]] }, ...listed(state, decided.slice(0, shownAtOnce).map(proposalLine))],
      tone: 'neutral',
    },
    { version: 1, decided: decided.map((each) => each.id), state, changes },
  );
}

async function adoptShipped(key: string, reason: string | undefined, asker: Asker, services: Services): Promise<Reply> {
  const by = `${asker.channel.platform}:${asker.userId}`;
  if (!(await services.review.adopt(key, by, needReason(reason))))
    throw new UserError(`No approval stands for “${key}”. /review lists those that the shipped record contradicts.`);
  return answer(sentence('Review', `${key} follows the shipped record again.`), { version: 1, adopted: key });
}

async function resolveReport(id: string, reason: string | undefined, asker: Asker, services: Services): Promise<Reply> {
  const because = needReason(reason);
  const report = (await services.review.reports(mostWaiting)).filter((each) => each.id.endsWith(id));
  const [only, ...others] = report;
  if (!only || others.length > 0) throw new UserError(`No one open report ends in “${id}”. /review lists them.`);
  await services.review.resolveReport(only.id, `${asker.channel.platform}:${asker.userId}`, because);
  return answer(sentence('Review', `The report is answered: ${because}.`), { version: 1, resolved: only.id });
}

function needReason(reason: string | undefined): string {
  if (reason === undefined)
    throw new UserError('Say why: reason:… is kept with the decision and shown in the history.');
  return reason.slice(0, 500);
}

/** One by its id or the end of it, or all that wait of an instrument. */
async function chosenBy(which: string, services: Services): Promise<readonly LedgerProposal[]> {
  const waiting = await services.review.waiting(mostWaiting);
  const ofInstrument = waiting.filter((each) => each.instrument.toLowerCase() === which.toLowerCase());
  if (ofInstrument.length > 0) return ofInstrument;
  const proposal = await find(which, services);
  if (proposal.state !== 'waiting') throw decidedAlready(proposal);
  return [proposal];
}

function decidedAlready({ state, decidedAt, reason }: LedgerProposal): UserError {
  return new UserError(
    `That proposal is ${state} already (${decidedAt?.slice(0, 10) ?? ''}: “${reason ?? ''}”). Nothing was changed now.`,
  );
}

async function find(id: string, { review: desk }: Services): Promise<LedgerProposal> {
  const found = await desk.proposal(id);
  if (found) return found;
  throw new UserError(`No one proposal is called “${id}”. /review lists those that wait.`);
}

/** The end of an id: enough to tell those that wait apart. */
function shortId(id: string): string {
  return id.slice(-8);
}

function proposalLine({ id, summary }: LedgerProposal): Line {
  return [{ text: shortId(id), strong: true }, ` ${summary}`];
}

function listed(heading: string, items: readonly Line[]): Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        { kind: 'list', items },
      ];
}
