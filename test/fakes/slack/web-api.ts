import { argumentViolations } from './reference.ts';
import { type Answer, type Arguments, accept, type Call, refuse, type SlackState } from './state.ts';
import { completeUpload, uploadUrl } from './web-files.ts';
import { history, post, postEphemeral, replies, unfurl, update } from './web-messages.ts';
import { open, publish, updateView } from './web-views.ts';

/** Methods that a bot token may call, and the scopes of which one is needed. */
const methods: Readonly<Record<string, { scopes: readonly string[]; answer: (call: Call) => Answer }>> = {
  'auth.test': { scopes: [], answer: whoAmI },
  'users.info': { scopes: ['users:read'], answer: person },
  'chat.postMessage': { scopes: ['chat:write'], answer: post },
  'chat.postEphemeral': { scopes: ['chat:write'], answer: postEphemeral },
  'chat.update': { scopes: ['chat:write'], answer: update },
  'chat.unfurl': { scopes: ['links:write'], answer: unfurl },
  'views.publish': { scopes: [], answer: publish },
  'views.open': { scopes: [], answer: open },
  'views.update': { scopes: [], answer: updateView },
  'files.getUploadURLExternal': { scopes: ['files:write'], answer: uploadUrl },
  'files.completeUploadExternal': { scopes: ['files:write'], answer: completeUpload },
  'conversations.history': { scopes: ['channels:history', 'groups:history'], answer: history },
  'conversations.replies': { scopes: ['channels:history', 'groups:history'], answer: replies },
};

/** Slack’s answer to a call. `openSocket` gives the address of a new socket. */
export function answerCall(
  state: SlackState,
  call: { method: string; args: Arguments; token: string },
  openSocket: () => string,
): Answer {
  const violations = argumentViolations(call.method, call.args);
  const answer = violations === null ? refuse('unknown_method') : answerKnown(state, call, violations, openSocket);
  const ok = answer.body['ok'] === true;
  const messages = answer.body['messages'];
  // A history is no list of complaints.
  const complaints = ok || !Array.isArray(messages) ? (violations ?? []) : messages;
  state.calls.push({ ...call, violations: complaints, ok });
  return answer;
}

function answerKnown(
  state: SlackState,
  { method, args, token }: { method: string; args: Arguments; token: string },
  violations: readonly string[],
  openSocket: () => string,
): Answer {
  if (violations.length > 0) return refuse('invalid_arguments', { messages: violations });
  if (method === 'apps.connections.open')
    return token === state.appToken ? accept({ url: openSocket() }) : refuse('invalid_auth');
  if (method === 'oauth.v2.access') return exchange(state, args);
  const team = state.tokens.get(token);
  if (team === undefined) return refuse(token === '' ? 'not_authed' : 'invalid_auth');
  const known = methods[method];
  if (!known) return refuse('unknown_method');
  const { scopes, answer } = known;
  if (scopes.length > 0 && !scopes.some((scope) => state.scopes.has(scope)))
    return refuse('missing_scope', { needed: scopes.join(','), provided: [...state.scopes].join(',') });
  return answer({ state, args, token, team });
}

function whoAmI({ team }: Call): Answer {
  return accept({ team_id: team, user_id: 'UBOT', bot_id: 'BBOT', url: 'https://w.example' });
}

function person({ state, args }: Call): Answer {
  const id = String(args['user']);
  const found = state.people.get(id);
  return found ? accept({ user: { id, team_id: state.team, is_bot: false, ...found } }) : refuse('user_not_found');
}

/** A code becomes a token, once. */
function exchange(state: SlackState, args: Arguments): Answer {
  const { client } = state;
  if (args['client_id'] !== client.id || args['client_secret'] !== client.secret) return refuse('bad_client_secret');
  const code = String(args['code']);
  const team = state.codes.get(code);
  if (team === undefined) return refuse('invalid_code');
  state.codes.delete(code);
  const token = `xoxb-${team}-${code}`;
  state.tokens.set(token, team);
  return accept({
    access_token: token,
    token_type: 'bot',
    scope: [...state.scopes].join(','),
    bot_user_id: 'UBOT',
    app_id: 'A1',
    team: { id: team, name: `Workspace ${team}` },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: 'U1' },
  });
}
