import type { FakeSlack } from './server.ts';

/** What Slack sends for a slash command; `text` as a person typed it. */
export function slashCommand(slack: FakeSlack, command: string, text = '', user = 'U1') {
  return {
    command,
    text,
    team_id: slack.team,
    team_domain: 'w',
    channel_id: 'C1',
    channel_name: 'general',
    user_id: user,
    user_name: 'someone',
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    token: 'verification',
    response_url: slack.responseUrl(),
    trigger_id: slack.trigger(),
  };
}

/** What Slack sends when a button is pressed. */
export function buttonPress(
  slack: FakeSlack,
  action: { action_id: string; value?: string; url?: string },
  user = 'U1',
) {
  return {
    type: 'block_actions',
    team: { id: slack.team, domain: 'w' },
    user: { id: user, username: 'someone', team_id: slack.team },
    channel: { id: 'C1', name: 'general' },
    api_app_id: 'A1',
    token: 'verification',
    trigger_id: slack.trigger(),
    response_url: slack.responseUrl(),
    container: { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: false },
    actions: [{ type: 'button', block_id: 'b1', action_ts: '1.1', text: { type: 'plain_text', text: 'x' }, ...action }],
  };
}

/** The same in a window or in App Home, where there is neither a channel nor an address to answer to. */
export function pressInView(
  slack: FakeSlack,
  action: { action_id: string; value?: string },
  view: { id: string; type: 'home' | 'modal' },
  user = 'U1',
) {
  const { channel: _none, response_url: _nowhere, ...press } = buttonPress(slack, action, user);
  return { ...press, view: { ...view, callback_id: '', state: { values: {} }, blocks: [], private_metadata: '' } };
}

/** What Slack sends for a shortcut; with a message, for one of a message’s own menu. */
export function shortcut(slack: FakeSlack, callback: string, message?: object, user = 'U1') {
  const shared = {
    callback_id: callback,
    team: { id: slack.team, domain: 'w' },
    user: { id: user, username: 'someone', team_id: slack.team },
    token: 'verification',
    action_ts: '1.1',
    trigger_id: slack.trigger(),
  };
  if (message === undefined) return { ...shared, type: 'shortcut' };
  const channel = { id: 'C1', name: 'general' };
  return { ...shared, type: 'message_action', channel, message_ts: '1.1', response_url: slack.responseUrl(), message };
}

/** What Slack asks while somebody types in a select of a form. */
export function suggestion(slack: FakeSlack, callback: string, block: string, value: string) {
  return {
    type: 'block_suggestion',
    team: { id: slack.team, domain: 'w' },
    user: { id: 'U1', name: 'someone', team_id: slack.team },
    api_app_id: 'A1',
    token: 'verification',
    action_id: block.replace('option:', ''),
    block_id: block,
    value,
    container: { type: 'view', view_id: 'V1' },
    view: { id: 'V1', type: 'modal', callback_id: callback, state: { values: {} }, blocks: [], private_metadata: '' },
  };
}

/** What Slack sends when a form is submitted. */
export function formSubmission(slack: FakeSlack, callback: string, values: object, user = 'U1', private_metadata = '') {
  return {
    type: 'view_submission',
    team: { id: slack.team, domain: 'w' },
    user: { id: user, username: 'someone', team_id: slack.team },
    api_app_id: 'A1',
    token: 'verification',
    trigger_id: slack.trigger(),
    view: { id: 'V1', type: 'modal', callback_id: callback, state: { values }, blocks: [], private_metadata },
    response_urls: [],
  };
}

let events = 0;

/** What Slack sends for an event to the workspace `team`. */
export function eventOf(slack: FakeSlack, event: Readonly<Record<string, unknown>>, team = slack.team) {
  events += 1;
  return {
    type: 'event_callback',
    token: 'verification',
    team_id: team,
    api_app_id: 'A1',
    event_id: `Ev${events}`,
    event_time: 1,
    authorizations: [{ team_id: team, user_id: 'UBOT', is_bot: true, enterprise_id: null }],
    event: { event_ts: '1.1', ...event },
  };
}

export function homeOpened(slack: FakeSlack, user = 'U1', tab = 'home') {
  return eventOf(slack, { type: 'app_home_opened', user, channel: 'D1', tab });
}
