import { DiscordRefusal } from './refusal.ts';

export interface Interaction {
  /** 2 a command, 3 a button or select, 4 what is being typed, 5 a form. */
  type: number;
  id: string;
  token: string;
  createdAt: number;
  /** Milliseconds it took to acknowledge; null as long as nobody did. */
  acknowledgedAfter: number | null;
  ephemeral: boolean;
  /** The answer's message, as it stands; autocomplete's choices. */
  answer: unknown;
  /** Resolves with the answer. */
  answered: Promise<unknown>;
}

export interface Interactions {
  open(type?: number): Interaction;
  /** What a callback does: once, within three seconds. Throws DiscordRefusal. */
  acknowledge(id: string, token: string, body: unknown): void;
  /** Edits the answer, or follows up: within fifteen minutes. Throws DiscordRefusal. */
  edit(token: string, body: unknown): void;
  all: readonly Interaction[];
}

const ackMs = 3_000;
const tokenMs = 15 * 60_000;
const ephemeral = 1 << 6;
const fieldOf = (data: unknown, name: string): unknown =>
  typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;

/** The life of interactions: each is acknowledged once and in time, and answered while its token lives. */
export function createInteractions(now: () => number): Interactions {
  const all: (Interaction & { settle: (answer: unknown) => void })[] = [];

  function open(type = 2): Interaction {
    const number = all.length + 1;
    let settle: (answer: unknown) => void = () => {};
    const answered = new Promise<unknown>((resolve) => {
      settle = resolve;
    });
    const made = {
      type,
      id: String(950_000_000_000_000_000n + BigInt(number)),
      token: `token-${number}`,
      createdAt: now(),
      acknowledgedAfter: null,
      ephemeral: false,
      answer: null,
      answered,
      settle,
    };
    all.push(made);
    return made;
  }

  function acknowledge(id: string, token: string, body: unknown): void {
    const one = all.find((each) => each.id === id && each.token === token);
    if (!one || now() - one.createdAt > ackMs) throw new DiscordRefusal(404, 10062, 'Unknown interaction');
    if (one.acknowledgedAfter !== null)
      throw new DiscordRefusal(400, 40060, 'Interaction has already been acknowledged.');
    const type = Number(fieldOf(body, 'type'));
    const data = fieldOf(body, 'data');
    const flags = Number(fieldOf(data, 'flags') ?? 0);
    if (type === 5 && (flags & ~ephemeral) !== 0) throw new DiscordRefusal(400, 50035, 'flags: only EPHEMERAL');
    if (type === 9 && (one.type === 4 || one.type === 5))
      throw new DiscordRefusal(400, 50035, 'type: a form cannot answer this');
    if ((type === 8) !== (one.type === 4)) throw new DiscordRefusal(400, 50035, 'type: choices answer typing alone');
    one.acknowledgedAfter = now() - one.createdAt;
    one.ephemeral = (flags & ephemeral) !== 0;
    if (type === 5 || type === 6) return;
    one.answer = data;
    one.settle({ type, ...(typeof data === 'object' ? data : {}) });
  }

  function edit(token: string, body: unknown): void {
    const one = all.find((each) => each.token === token);
    if (!one || one.acknowledgedAfter === null) throw new DiscordRefusal(404, 10015, 'Unknown Webhook');
    if (now() - one.createdAt > tokenMs) throw new DiscordRefusal(401, 50027, 'Invalid Webhook Token');
    one.answer = body;
    one.settle(body);
  }

  return { open, acknowledge, edit, all };
}
