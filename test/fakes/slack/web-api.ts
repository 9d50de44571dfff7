import { messageBlockViolations, viewViolations } from './block-rules.ts';
import { argumentViolations } from './reference.ts';

export interface StoredMessage {
  channel: string;
  ts: string;
  threadTs: string | null;
  text: string;
  blocks: readonly unknown[];
  edits: number;
  /** As they were given. */
  args: Readonly<Record<string, unknown>>;
}

/** What goes wrong with one call that posts or edits, before Slack stored it or after. */
export type SlackFault =
  | { kind: 'status'; status: number }
  | { kind: 'hang' }
  | { kind: 'drop' }
  | { kind: 'error'; error: string };

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
}

export interface SlackState {
  team: string;
  botToken: string;
  appToken: string;
  /** What people see, oldest first. */
  messages: StoredMessage[];
  /** App Home by user, and modals opened, newest last. */
  homes: Map<string, unknown>;
  modals: unknown[];
  /** Error of every post to a channel, such as not_in_channel. */
  refusals: Map<string, string>;
  /** Every call, with what was wrong with it. */
  calls: { method: string; args: Readonly<Record<string, unknown>>; violations: readonly string[]; ok: boolean }[];
  /** Trigger ids that may open a modal, and until when. */
  triggers: Map<string, number>;
  /** Whether the app was granted the scopes that read histories. */
  readsHistory: boolean;
  now: () => number;
}

const refuse = (error: string, more: object = {}): Answer => ({ status: 200, body: { ok: false, error, ...more } });

/** Slack’s answer to a call. `openSocket` gives the address of a new socket. */
export function answerCall(
  state: SlackState,
  call: { method: string; args: Readonly<Record<string, unknown>>; token: string },
  openSocket: () => string,
): Answer {
  const violations = argumentViolations(call.method, call.args);
  const answer = violations === null ? refuse('unknown_method') : answerKnown(state, call, violations, openSocket);
  const ok = answer.body['ok'] === true;
  const messages = answer.body['messages'];
  state.calls.push({ ...call, violations: Array.isArray(messages) ? messages : (violations ?? []), ok });
  return answer;
}

function answerKnown(
  state: SlackState,
  { method, args, token }: { method: string; args: Readonly<Record<string, unknown>>; token: string },
  violations: readonly string[],
  openSocket: () => string,
): Answer {
  if (violations.length > 0) return refuse('invalid_arguments', { messages: violations });
  if (method === 'apps.connections.open') {
    return token === state.appToken ? { status: 200, body: { ok: true, url: openSocket() } } : refuse('invalid_auth');
  }
  if (token !== state.botToken) return refuse('invalid_auth');
  if (method === 'auth.test') {
    return {
      status: 200,
      body: { ok: true, team_id: state.team, user_id: 'UBOT', bot_id: 'BBOT', url: 'https://w.example' },
    };
  }
  if (method === 'chat.postMessage') return post(state, args);
  if (method === 'chat.update') return update(state, args);
  if (method === 'conversations.history' || method === 'conversations.replies') return history(state, method, args);
  if (method === 'views.publish') return publish(state, args);
  if (method === 'views.open') return open(state, args);
  return refuse('unknown_method');
}

function contentViolations(args: Readonly<Record<string, unknown>>): Answer | null {
  if (typeof args['text'] !== 'string' || args['text'].trim() === '') return refuse('no_text');
  if (args['text'].length > 40_000) return refuse('msg_too_long');
  const wrong = args['blocks'] === undefined ? [] : messageBlockViolations(args['blocks']);
  if (wrong.length === 0) return null;
  const error = wrong.some((one) => one.startsWith('msg_blocks_too_long')) ? 'msg_blocks_too_long' : 'invalid_blocks';
  return refuse(error, { messages: wrong });
}

function post(state: SlackState, args: Readonly<Record<string, unknown>>): Answer {
  const channel = String(args['channel']);
  const refusal = state.refusals.get(channel);
  if (refusal !== undefined) return refuse(refusal);
  const wrong = contentViolations(args);
  if (wrong) return wrong;
  const threadTs = typeof args['thread_ts'] === 'string' ? args['thread_ts'] : null;
  if (threadTs !== null && !state.messages.some((one) => one.channel === channel && one.ts === threadTs))
    return refuse('cannot_reply_to_message');
  const ts = `${Math.floor(state.now() / 1000)}.${String(state.messages.length + 1).padStart(6, '0')}`;
  const blocks = Array.isArray(args['blocks']) ? args['blocks'] : [];
  state.messages.push({ channel, ts, threadTs, text: String(args['text']), blocks, edits: 0, args });
  return { status: 200, body: { ok: true, channel, ts, message: { text: args['text'] } } };
}

function history(state: SlackState, method: string, args: Readonly<Record<string, unknown>>): Answer {
  if (!state.readsHistory) return refuse('missing_scope', { needed: 'channels:history' });
  const oldest = Number(args['oldest'] ?? 0);
  const thread = method === 'conversations.replies' ? String(args['ts']) : null;
  const found = state.messages.filter(
    (one) =>
      one.channel === args['channel'] &&
      Number(one.ts) > oldest &&
      (thread === null ? one.threadTs === null : one.threadTs === thread || one.ts === thread),
  );
  const skipped = Number(args['cursor'] ?? 0);
  const limit = Number(args['limit'] ?? 100);
  const page = found.toReversed().slice(skipped, skipped + limit);
  const more = skipped + limit < found.length;
  const messages = page.map(({ ts, text, args: given }) => ({
    type: 'message',
    ts,
    text,
    metadata: given['metadata'],
  }));
  const cursor = more ? String(skipped + limit) : '';
  return {
    status: 200,
    body: { ok: true, messages, has_more: more, response_metadata: { next_cursor: cursor } },
  };
}

function update(state: SlackState, args: Readonly<Record<string, unknown>>): Answer {
  const found = state.messages.find((one) => one.channel === args['channel'] && one.ts === args['ts']);
  if (!found) return refuse('message_not_found');
  const wrong = contentViolations(args);
  if (wrong) return wrong;
  const kept = { metadata: found.args['metadata'], ...args };
  Object.assign(found, {
    text: String(args['text']),
    blocks: args['blocks'] ?? [],
    edits: found.edits + 1,
    args: kept,
  });
  return { status: 200, body: { ok: true, channel: found.channel, ts: found.ts, text: found.text } };
}

function publish(state: SlackState, args: Readonly<Record<string, unknown>>): Answer {
  const wrong = viewViolations(args['view']);
  if (wrong.length > 0) return refuse('invalid_arguments', { messages: wrong });
  state.homes.set(String(args['user_id']), args['view']);
  return { status: 200, body: { ok: true, view: { id: 'VHOME' } } };
}

function open(state: SlackState, args: Readonly<Record<string, unknown>>): Answer {
  const until = state.triggers.get(String(args['trigger_id']));
  if (until === undefined) return refuse('invalid_trigger_id');
  if (state.now() > until) return refuse('expired_trigger_id');
  const wrong = viewViolations(args['view']);
  if (wrong.length > 0) return refuse('invalid_arguments', { messages: wrong });
  state.modals.push(args['view']);
  return { status: 200, body: { ok: true, view: { id: `V${state.modals.length}` } } };
}
