import type { Arguments } from '../core/command.ts';
import { type OutboxRow, type OutboxState, outboxStates } from '../core/delivery.ts';
import { UserError } from '../core/errors.ts';
import { type Action, type Block, type Line, quoted, type Reply } from '../core/message.ts';
import type { Channel } from '../core/subscription.ts';
import { textOf } from './arguments.ts';
import { pageOf, pageOption } from './pages.ts';
import { answer, sentence } from './replies.ts';
import type { Definition, Services } from './services.ts';

const shownAtOnce = 10;
const mostListed = 1_000;
const open: readonly OutboxState[] = ['unknown', 'dead', 'retry', 'leased', 'pending'];
/** Why a row is dead that somebody may have seen in its channel: it comes back only by its own id. */
const dropped = 'dropped by an operator';
/** What an operator may send again or give up. */
const mendable: readonly OutboxState[] = ['unknown', 'dead', 'retry', 'pending'];
/** Words for the states, for those who do not know the outbox. */
const meaning: Readonly<Record<OutboxState, string>> = {
  unknown: 'nobody knows whether it arrived: look in the channel first, then send it again or drop it',
  dead: 'given up, or its channel cannot be reached',
  retry: 'failed, and is tried again by itself',
  leased: 'on its way',
  pending: 'waits for its time',
  sent: 'arrived',
  superseded: 'told by a newer or another message',
};

/** `/deliveries`: what waits, what is unknown or dead, and its remedies; where a story would go, and why not. */
export const deliveries: Definition = {
  name: 'deliveries',
  summary: 'Operators: what waits, is unknown or dead; send again or drop; where a story would go and why not',
  access: 'operator',
  slow: false,
  options: [
    { name: 'id', summary: 'one delivery, with all its attempts', type: 'text', positional: true },
    {
      name: 'state',
      summary: 'only these',
      type: 'choice',
      choices: outboxStates.map((state) => ({ value: state, label: `${state}: ${meaning[state]}`.slice(0, 100) })),
    },
    { name: 'retry', summary: 'a delivery’s id: send it again; or all-dead', type: 'text' },
    { name: 'drop', summary: 'a delivery’s id: give it up for good', type: 'text' },
    { name: 'preview', summary: 'a story’s id: what it would send where, and why not', type: 'text' },
    pageOption,
  ],
  run: async (args, _asker, services) => {
    const [id, retry, drop, preview] = ['id', 'retry', 'drop', 'preview'].map((name) => textOf(args, name));
    if (preview !== undefined) return previewOf(preview, services);
    if (retry === 'all-dead') return retryDead(services);
    if (retry !== undefined) return mend('retried', await find(retry, services), services);
    if (drop !== undefined) return mend('dropped', await find(drop, services), services);
    if (id !== undefined) return one(await find(id, services), services);
    return overview(args, services);
  },
};

async function overview(args: Arguments, { outbox, notices }: Services): Promise<Reply> {
  const state = outboxStates.find((known) => known === textOf(args, 'state'));
  const counts = await outbox.counts();
  const lists = await Promise.all((state ? [state] : open).map((each) => outbox.list(each, mostListed)));
  const rows = lists.flat();
  const standing = await notices.standing(shownAtOnce);
  const words = outboxStates.filter((each) => counts[each] > 0).map((each) => `${counts[each]} ${each}`);
  const plain = words.length === 0 ? 'Nothing was ever to be delivered.' : `Deliveries: ${words.join(', ')}.`;
  const command = state === undefined ? '/deliveries' : `/deliveries state:${state}`;
  const paging = { size: shownAtOnce, asked: textOf(args, 'page'), command, opensAt: 'first' } as const;
  const { shown, words: page, actions, blocks } = pageOf(rows, paging);
  const first = shown[0];
  const legend = [...new Set(rows.map((row) => row.state))].map(
    (each): Line => [{ text: each, strong: true }, `: ${meaning[each]}`],
  );
  return answer(
    {
      title: 'Deliveries',
      plain,
      blocks: [
        { kind: 'text', lines: [[`${plain}${page}`], ...legend] },
        ...listed('Newest trouble first', shown.map(lineOf)),
        ...blocks,
        ...listed(
          'Standing notices',
          standing.map(({ text }): Line => [text]),
        ),
      ],
      actions: [...(first && mendable.includes(first.state) ? remedies(first) : []), ...actions],
      tone: 'neutral',
    },
    {
      version: 1,
      counts,
      deliveries: rows.map(jsonOf),
      notices: standing.map(({ kind, subject, text, at }) => ({ kind, subject, text, at })),
    },
  );
}

async function one(row: OutboxRow, { outbox }: Services): Promise<Reply> {
  const attempts = (await outbox.attempts(row.id)).map(({ attempt, startedAt, finishedAt, outcome }) => {
    const words =
      outcome === null ? 'cut off' : 'reason' in outcome ? `${outcome.kind}: ${outcome.reason}` : outcome.kind;
    return { attempt, startedAt, finishedAt, outcome: words };
  });
  const plain = `${row.state}: ${meaning[row.state]}`;
  return answer(
    {
      title: `Delivery ${shortId(row.id)}`,
      plain,
      blocks: [
        { kind: 'text', lines: [[plain], lineOf(row)] },
        ...listed(
          'Attempts',
          attempts.map((each): Line => [`${each.attempt}. ${each.startedAt}: ${each.outcome}`]),
        ),
      ],
      actions: mendable.includes(row.state) ? remedies(row) : [],
      tone: 'neutral',
    },
    { version: 1, delivery: jsonOf(row), attempts },
  );
}

async function mend(done: 'retried' | 'dropped', row: OutboxRow, { outbox, notices, clock }: Services): Promise<Reply> {
  const at = new Date(clock.now()).toISOString();
  const moved = done === 'retried' ? await outbox.retry(row.id, at) : await outbox.drop(row.id, dropped, at);
  if (!moved) throw new UserError(`That delivery is ${row.state}: ${meaning[row.state]}. There is nothing to mend.`);
  for (const kind of ['delivery-unknown', 'delivery-dead']) await notices.resolve(kind, row.id, at);
  const words = done === 'retried' ? 'It is sent again now.' : 'It is given up.';
  return answer(sentence('Deliveries', `${row.message.title}: ${words}`), { version: 1, done, deliveries: [row.id] });
}

/** What died while a channel could not be reached comes back with the channel; this is for the rest. */
async function retryDead({ outbox, clock }: Services): Promise<Reply> {
  const at = new Date(clock.now()).toISOString();
  const retried: string[] = [];
  for (const row of await outbox.list('dead', mostListed))
    if (!row.reason?.startsWith(dropped) && (await outbox.retry(row.id, at))) retried.push(row.id);
  return answer(sentence('Deliveries', `${retried.length} are sent again.`), {
    version: 1,
    done: 'retried',
    deliveries: retried,
  });
}

async function previewOf(id: string, services: Services): Promise<Reply> {
  const story = await services.stories.story(id);
  if (!story) throw new UserError(`No story is called “${id}”. /latest shows the newest.`);
  const preview = (await services.previewDelivery(story)).map(({ channel, ...rest }) => ({
    channel: nameOf(channel),
    ...rest,
  }));
  const sends = preview.filter((each) => each.sends);
  const plain = `“${story.headline}” would go to ${sends.length} of ${preview.length} channels.`;
  return answer(
    {
      title: 'Where it would go',
      plain,
      blocks: [
        { kind: 'text', lines: [[plain]] },
        ...listed(
          'Sends',
          sends
            .slice(0, shownAtOnce)
            .map(({ channel, how, when }): Line => [quoted(channel, null), `: ${how}, ${when ?? 'now'}`]),
        ),
        ...listed(
          'Does not, and why',
          preview
            .filter((each) => !each.sends)
            .slice(0, shownAtOnce)
            .map(({ channel, why }): Line => [quoted(channel, null), `: ${why.join('; ')}`]),
        ),
      ],
      tone: 'neutral',
    },
    { version: 1, story: story.id, preview },
  );
}

async function find(id: string, { outbox }: Services): Promise<OutboxRow> {
  const exact = await outbox.row(id);
  if (exact) return exact;
  const lists = id.length < 4 ? [] : await Promise.all(open.map((state) => outbox.list(state, mostListed)));
  const [only, ...others] = lists.flat().filter((row) => row.id.endsWith(id));
  if (only && others.length === 0) return only;
  throw new UserError(`No one delivery is called “${id}”. /deliveries lists those that are open.`);
}

function remedies({ id }: OutboxRow): readonly Action[] {
  return [
    { kind: 'command', label: 'Send again', command: `/deliveries retry:${id}` },
    { kind: 'command', label: 'Drop', command: `/deliveries drop:${id}` },
    { kind: 'command', label: 'Attempts', command: `/deliveries ${id}` },
  ];
}

/** The end of an id: enough to tell the open ones apart. */
function shortId(id: string): string {
  return id.slice(-8);
}

function nameOf({ platform, workspace, id }: Channel): string {
  return [platform, workspace, id].join('/');
}

function lineOf({ id, state, message, channel, attempts, reason }: OutboxRow): Line {
  const why = reason ? `: ${reason}` : '';
  return [
    { text: shortId(id), strong: true },
    ` ${state} · ${nameOf(channel)} · “${message.title}” · ${attempts} attempts${why}`,
  ];
}

function jsonOf({ id, channel, kind, subject, action, message, state, attempts, createdAt, reason }: OutboxRow) {
  return {
    id,
    channel: nameOf(channel),
    kind,
    subject,
    action,
    title: message.title,
    state,
    attempts,
    created: createdAt,
    reason: reason ?? null,
  };
}

function listed(heading: string, items: readonly Line[]): Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        { kind: 'list', items },
      ];
}
