import { messageBlockViolations } from './block-rules.ts';
import { isRecord } from './shape.ts';
import { type Answer, accept, type Call, refuse, type SlackState, type StoredMessage } from './state.ts';

/** Longest text; past 4,000 Slack would rather not. */
const longestText = 40_000;
const mostMetadata = 8_000;

function contentRefusal({ args, state }: Call): Answer | null {
  if (typeof args['text'] !== 'string' || args['text'].trim() === '') return refuse('no_text');
  if (args['text'].length > longestText) return refuse('msg_too_long');
  if (args['metadata'] !== undefined && JSON.stringify(args['metadata']).length > mostMetadata)
    return refuse('metadata_too_large');
  const wrong = args['blocks'] === undefined ? [] : messageBlockViolations(args['blocks']);
  if (wrong.length > 0) {
    const tooLong = wrong.some((one) => one.startsWith('msg_blocks_too_long'));
    return refuse(tooLong ? 'msg_blocks_too_long' : 'invalid_blocks', { messages: wrong });
  }
  const file = filesIn(args['blocks']).find((id) => state.files.get(id)?.state !== 'complete');
  return file === undefined ? null : refuse('invalid_blocks', { messages: [`slack_file ${file} is not there`] });
}

/** Ids of the uploaded files that blocks show. */
function filesIn(blocks: unknown): readonly string[] {
  return (Array.isArray(blocks) ? blocks : []).flatMap((block: unknown) => {
    const file = isRecord(block) ? block['slack_file'] : undefined;
    return isRecord(file) ? [String(file['id'])] : [];
  });
}

export function post(call: Call): Answer {
  const { state, args, team } = call;
  const channel = String(args['channel']);
  const refusal = state.refusals.get(channel);
  if (refusal !== undefined) return refuse(refusal);
  const wrong = contentRefusal(call);
  if (wrong) return wrong;
  const threadTs = typeof args['thread_ts'] === 'string' ? args['thread_ts'] : null;
  if (threadTs !== null && !state.messages.some((one) => one.channel === channel && one.ts === threadTs))
    return refuse('cannot_reply_to_message');
  const ts = `${Math.floor(state.now() / 1000)}.${String(state.messages.length + 1).padStart(6, '0')}`;
  const blocks = Array.isArray(args['blocks']) ? args['blocks'] : [];
  const text = String(args['text']);
  const metadata = args['metadata'];
  state.messages.push({ channel, team, ts, threadTs, text, blocks, metadata, edits: 0, args });
  return accept({ channel, ts, message: { text } });
}

/** Only one person sees it, and it is in no history. */
export function postEphemeral(call: Call): Answer {
  const { state, args } = call;
  const refusal = state.refusals.get(String(args['channel']));
  if (refusal !== undefined) return refuse(refusal);
  const wrong = contentRefusal(call);
  if (wrong) return wrong;
  state.whispers.push({ user: String(args['user']), text: String(args['text']) });
  return accept({ message_ts: '1.1' });
}

export function update(call: Call): Answer {
  const { state, args } = call;
  const refusal = state.refusals.get(String(args['channel']));
  if (refusal !== undefined) return refuse(refusal);
  const found = state.messages.find((one) => one.channel === args['channel'] && one.ts === args['ts']);
  if (!found) return refuse('message_not_found');
  const wrong = contentRefusal(call);
  if (wrong) return wrong;
  const metadata = args['metadata'] ?? found.metadata;
  const blocks = args['blocks'] ?? [];
  Object.assign(found, { text: String(args['text']), blocks, metadata, edits: found.edits + 1, args });
  return accept({ channel: found.channel, ts: found.ts, text: found.text });
}

const mostInPage = 999;

/** Messages newest first, a page at a time; metadata only when asked for. */
function page(messages: readonly StoredMessage[], { args }: Call): Answer {
  const from = Number(args['cursor'] ?? 0);
  const limit = Math.min(Number(args['limit'] ?? 100), mostInPage);
  const shown = messages.slice(from, from + limit).map(({ ts, text, metadata }) => ({
    type: 'message',
    ts,
    text,
    bot_id: 'BBOT',
    ...(args['include_all_metadata'] === true && metadata !== undefined ? { metadata } : {}),
  }));
  const next = from + limit < messages.length ? String(from + limit) : '';
  return accept({ messages: shown, has_more: next !== '', response_metadata: { next_cursor: next } });
}

function inTime(state: SlackState, { args }: Call): readonly StoredMessage[] {
  const [oldest, latest] = [Number(args['oldest'] ?? 0), Number(args['latest'] ?? Number.POSITIVE_INFINITY)];
  return state.messages.filter(
    (one) => one.channel === args['channel'] && Number(one.ts) > oldest && Number(one.ts) < latest,
  );
}

export function history(call: Call): Answer {
  const { state, args } = call;
  const refusal = state.refusals.get(String(args['channel']));
  if (refusal !== undefined) return refuse(refusal);
  return page(
    inTime(state, call)
      .filter((one) => one.threadTs === null)
      .toReversed(),
    call,
  );
}

export function replies(call: Call): Answer {
  const { state, args } = call;
  const found = inTime(state, call).filter((one) => one.threadTs === args['ts'] || one.ts === args['ts']);
  return page(found, call);
}

/** Blocks of unfurls are those of messages, each link one that the message holds. */
export function unfurl({ state, args }: Call): Answer {
  const { unfurls } = args;
  if (!isRecord(unfurls) || Object.keys(unfurls).length === 0) return refuse('cannot_parse_attachment');
  const wrong = Object.values(unfurls).flatMap((one) =>
    isRecord(one) ? messageBlockViolations(one['blocks']) : ['unfurl: must be an object'],
  );
  if (wrong.length > 0) return refuse('cannot_unfurl_message', { messages: wrong });
  state.unfurls.push(unfurls);
  return accept();
}
