import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Capabilities, ChatAdapter, OutboxRow, Reconciliation, SendOutcome } from '../../core/delivery.ts';
import { UserError } from '../../core/errors.ts';
import type { Reply } from '../../core/message.ts';
import type { Log } from '../../core/ports.ts';
import type { Channel } from '../../core/subscription.ts';
import { type Journal, openJournal } from './journal.ts';
import { renderMessage } from './render.ts';

export interface ConsoleOptions {
  output: Writable;
  /** Lines that start with `/` are commands; absent when none are taken. Its end stops nothing. */
  input?: Readable;
  /** Answers one command line. */
  command?: (line: string) => Promise<Reply>;
  /** File that remembers what was shown, in the data folder; null keeps it in memory. */
  journal: string | null;
  /** Columns; 100 when absent. */
  width?: number;
  log: Log;
}

/** The one channel of the console. */
export const consoleChannel: Channel = { platform: 'console', workspace: 'console', id: 'console' };

const capabilities: Capabilities = {
  edits: true,
  threads: true,
  idempotencyWindowMs: 0,
  history: true,
  arrivesWithinMs: 0,
  maxMessageCharacters: 100_000,
  disturbs: false,
  pace: { channel: { count: 100, perMs: 1_000 }, global: { count: 100, perMs: 1_000 } },
};

/** Resolves when the stream took the text; rejects when it cannot. */
function write(output: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** A posted message cannot be taken back from a terminal: what changed is one more line. */
export function renderRow(row: OutboxRow, width: number): string {
  if (row.action === 'edit')
    return `updated: ${renderMessage({ title: row.message.plain, plain: '', blocks: [] }, { width })}`;
  return `\n${renderMessage(row.message, { width })}`;
}

async function show(row: OutboxRow, output: Writable, journal: Journal, width: number): Promise<SendOutcome> {
  const shown = journal.shown(row.id);
  if (shown === 'yes') return { kind: 'sent', messageId: row.id };
  if (shown === 'begun') return { kind: 'unknown', reason: 'it was being shown when the program stopped' };
  if (!output.writable) return { kind: 'transient', reason: 'the output is closed' };
  const text = `${renderRow(row, width)}\n`;
  journal.begin(row.id);
  try {
    await write(output, text);
  } catch (error) {
    return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  }
  journal.end(row.id);
  return { kind: 'sent', messageId: row.id };
}

function lookUp(row: OutboxRow, journal: Journal): Reconciliation {
  const shown = journal.shown(row.id);
  if (shown === 'yes') return { kind: 'found', messageId: row.id };
  if (shown === 'no') return { kind: 'absent' };
  return { kind: 'unreadable', reason: 'the program stopped while it was being shown' };
}

/** What a person typed, and what they read in return; never throws. */
async function answer(line: string, { command, output, log, width = 100 }: ConsoleOptions): Promise<void> {
  if (!command || line === '') return;
  const text = !line.startsWith('/')
    ? 'Commands begin with “/”: type /help to see them.'
    : await command(line).then(
        (reply) => reply.file?.text.trimEnd() ?? renderMessage(reply.message, { width }),
        (error: unknown) => {
          if (error instanceof UserError) return error.message;
          log.error({ err: error }, 'command failed');
          return 'That went wrong on our side; the log says more.';
        },
      );
  await write(output, `${text}\n`).catch((error: unknown) => log.warn({ err: error }, 'answer could not be shown'));
}

/** The terminal as a chat platform: posts to `output`, takes commands from `input`. */
export function createConsoleAdapter(options: ConsoleOptions): ChatAdapter {
  const { output, input, width = 100, log } = options;
  const journal = openJournal(options.journal);
  let lines: Interface | undefined;
  let answering: Promise<void> = Promise.resolve();

  function take(line: string): void {
    answering = answering.then(() => answer(line.trim(), options));
  }

  return {
    platform: 'console',
    capabilities,
    async start() {
      output.on('error', (error) => log.warn({ err: error }, 'the output broke'));
      if (!input) return;
      lines = createInterface({ input, terminal: false });
      lines.on('line', take);
    },
    async stop() {
      lines?.close();
      await answering;
    },
    send: (row) => show(row, output, journal, width),
    reconcile: async (row) => lookUp(row, journal),
  };
}
