export interface StoredMessage {
  channel: string;
  team: string;
  ts: string;
  threadTs: string | null;
  text: string;
  blocks: readonly unknown[];
  metadata: unknown;
  edits: number;
  /** As they were given. */
  args: Arguments;
}

export type Arguments = Readonly<Record<string, unknown>>;

/** What goes wrong with one call that posts or edits, before Slack stored it or after. */
export type SlackFault =
  | { kind: 'status'; status: number }
  | { kind: 'hang' }
  | { kind: 'drop' }
  | { kind: 'limit' }
  | { kind: 'error'; error: string };

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
}

export interface StoredFile {
  name: string;
  length: number;
  alt: string;
  bytes: number | null;
  /** The conversation that it was sent to. */
  channel: string | null;
  /** `complete` files may stand in messages, unless `broken`. */
  state: 'open' | 'sent' | 'complete' | 'broken';
}

export interface Person {
  is_admin?: boolean;
  is_owner?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  locale?: string;
}

export interface SlackState {
  team: string;
  botToken: string;
  appToken: string;
  /** Workspaces by the tokens that they gave, that of `botToken` among them. */
  tokens: Map<string, string>;
  /** OAuth codes that may be exchanged once, and the workspace that gave each. */
  codes: Map<string, string>;
  client: { id: string; secret: string };
  /** What the bot was granted. */
  scopes: Set<string>;
  people: Map<string, Person>;
  /** What people see, oldest first. */
  messages: StoredMessage[];
  /** What one person alone sees in a channel. */
  whispers: { user: string; text: string }[];
  files: Map<string, StoredFile>;
  /** Unfurled links, newest last. */
  unfurls: unknown[];
  /** App Home by user, and modals opened, newest last. */
  homes: Map<string, unknown>;
  modals: unknown[];
  /** Error of every post to a channel, such as not_in_channel. */
  refusals: Map<string, string>;
  /** Every call, with what was wrong with it. */
  calls: { method: string; args: Arguments; violations: readonly string[]; ok: boolean; token: string }[];
  /** Trigger ids that may open a modal, and until when. */
  triggers: Map<string, number>;
  /** Base of this server. */
  origin: string;
  now: () => number;
}

export interface Call {
  state: SlackState;
  args: Arguments;
  token: string;
  team: string;
}

export function refuse(error: string, more: object = {}): Answer {
  return { status: 200, body: { ok: false, error, ...more } };
}

export function accept(more: object = {}): Answer {
  return { status: 200, body: { ok: true, ...more } };
}
