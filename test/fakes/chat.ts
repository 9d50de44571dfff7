import type { Capabilities, ChatAdapter, OutboxRow, Reconciliation, SendOutcome } from '../../src/core/delivery.ts';
import type { Platform } from '../../src/core/subscription.ts';

/** What goes wrong with one send: before the platform stored the message, or after. */
export type Fault =
  | { when: 'before'; outcome: SendOutcome }
  | { when: 'after'; outcome: SendOutcome }
  | { when: 'hang'; stored: boolean };

export interface Shown {
  channel: string;
  messageId: string;
  rowId: string;
  action: OutboxRow['action'];
  replyTo: string | null;
  title: string;
  at: number;
}

export interface FakeChat extends ChatAdapter {
  /** Everything that people saw, in order: posts, threads and edits. */
  shown: Shown[];
  /** Every request, what came of it included. */
  requests: { rowId: string; at: number; outcome: string }[];
  /** The next sends of a channel (or of any, `*`) meet these, one each. */
  faults: Map<string, Fault[]>;
  /** Outcome for every send to a channel for as long as it is set. */
  broken: Map<string, SendOutcome>;
  /** Lets every hanging send fail as unknown, as an adapter's own time limit does. */
  releaseHung(): void;
}

export interface FakeChatOptions {
  platform?: Platform;
  now: () => number;
  capabilities?: Partial<Capabilities>;
  readable?: boolean;
}

const defaults: Capabilities = {
  edits: true,
  threads: true,
  idempotencyWindowMs: 0,
  history: false,
  maxMessageCharacters: 4_000,
};

/** A chat platform in memory that keeps its nonce window and can fail before and after it stores. */
export function createFakeChat(options: FakeChatOptions): FakeChat {
  const capabilities = { ...defaults, ...options.capabilities };
  const shown: Shown[] = [];
  const requests: FakeChat['requests'] = [];
  const faults = new Map<string, Fault[]>();
  const broken = new Map<string, SendOutcome>();
  let hung: (() => void)[] = [];

  function store(row: OutboxRow): string {
    const recent = shown.find(
      (one) =>
        one.rowId === row.id && one.action !== 'edit' && options.now() - one.at < capabilities.idempotencyWindowMs,
    );
    if (recent && row.action !== 'edit') return recent.messageId;
    const messageId = row.action === 'edit' && row.replyTo !== null ? row.replyTo : `m${shown.length + 1}`;
    shown.push({
      channel: row.channel.id,
      messageId,
      rowId: row.id,
      action: row.action,
      replyTo: row.replyTo,
      title: row.message.title,
      at: options.now(),
    });
    return messageId;
  }

  async function meet(row: OutboxRow, fault: Fault): Promise<SendOutcome> {
    if (fault.when === 'after' || (fault.when === 'hang' && fault.stored)) store(row);
    if (fault.when !== 'hang') return fault.outcome;
    await new Promise<void>((resolve) => hung.push(resolve));
    return { kind: 'unknown', reason: 'no answer in time' };
  }

  async function answer(row: OutboxRow): Promise<SendOutcome> {
    const standing = broken.get(row.channel.id);
    if (standing) return standing;
    const fault = faults.get(row.channel.id)?.shift() ?? faults.get('*')?.shift();
    return fault ? meet(row, fault) : { kind: 'sent', messageId: store(row) };
  }

  async function reconcile(row: OutboxRow): Promise<Reconciliation> {
    const found = shown.find((one) => one.rowId === row.id);
    return found ? { kind: 'found', messageId: found.messageId } : { kind: 'absent' };
  }

  return {
    platform: options.platform ?? 'discord',
    capabilities: { ...capabilities, history: options.readable ?? capabilities.history },
    shown,
    requests,
    faults,
    broken,
    start: async () => {},
    stop: async () => {},
    releaseHung() {
      for (const release of hung) release();
      hung = [];
    },
    async send(row) {
      const request = { rowId: row.id, at: options.now(), outcome: 'waiting' };
      requests.push(request);
      const outcome = await answer(row);
      request.outcome = outcome.kind;
      return outcome;
    },
    ...(options.readable ? { reconcile } : {}),
  };
}
