import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConsoleOptions, createConsoleAdapter, renderRow } from '../../../src/adapters/console/adapter.ts';
import { openJournal } from '../../../src/adapters/console/journal.ts';
import { UserError } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { contractOfAdapter, leasedRow } from '../../contract/adapter.ts';
import { settled } from '../../fakes/clock.ts';
import { message } from '../../fakes/samples.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'borderwire-console-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A terminal that remembers what it was told. */
function terminal() {
  let text = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { output, text: () => text };
}

function open(more: Partial<ConsoleOptions> = {}) {
  const screen = terminal();
  const journal = join(folder, 'console.journal');
  const adapter = createConsoleAdapter({ output: screen.output, journal, log: silentLog, ...more });
  return { adapter, text: screen.text, output: screen.output };
}

contractOfAdapter('the console', async () => {
  const { adapter, text } = open({ journal: null });
  return {
    adapter,
    seen: async () =>
      text()
        .split('\n')
        .filter((line) => line.startsWith('Title of')),
    close: async () => {},
  };
});

describe('the console', () => {
  it('shows an edit as one line that says what is so now', () => {
    const { adapter } = open();
    const edit = leasedRow(adapter, 'r1', {
      action: 'edit',
      replyTo: 'r0',
      message: { ...message('Title'), plain: 'Confirmed: five outlets' },
    });
    expect(renderRow(edit, 80)).toBe('updated: Confirmed: five outlets');
  });

  it('shows a row once, however often it is sent, restarts included', async () => {
    const first = open();
    const row = leasedRow(first.adapter, 'r1');
    expect(await first.adapter.send(row)).toEqual({ kind: 'sent', messageId: 'r1' });
    const second = open();
    expect(await second.adapter.send(row)).toEqual({ kind: 'sent', messageId: 'r1' });
    expect(second.text()).toBe('');
  });

  it('says that it does not know when it was stopped while showing', async () => {
    openJournal(join(folder, 'console.journal')).begin('r1');
    const { adapter, text } = open();
    const row = leasedRow(adapter, 'r1');
    expect(await adapter.send(row)).toMatchObject({ kind: 'unknown' });
    expect(await adapter.reconcile?.(row)).toMatchObject({ kind: 'unreadable' });
    expect(text()).toBe('');
  });

  it('reads a journal that was cut off in the middle of a line', async () => {
    const path = join(folder, 'console.journal');
    openJournal(path).begin('r1');
    await appendFile(path, 'en');
    const journal = openJournal(path);
    journal.end('r1');
    expect(openJournal(path).shown('r1')).toBe('yes');
  });

  it('keeps its journal short', async () => {
    const path = join(folder, 'console.journal');
    const lines = Array.from({ length: 25_000 }, (_, n) => `begin r${n}\nend r${n}\n`);
    await appendFile(path, lines.join(''));
    expect(openJournal(path).shown('r24999')).toBe('yes');
    expect((await readFile(path, 'utf8')).split('\n').length).toBeLessThan(10_010);
  });

  it('waits for an output that is closed, and calls a broken one unknown', async () => {
    const closed = open();
    closed.output.destroy();
    await settled();
    expect(await closed.adapter.send(leasedRow(closed.adapter, 'r1'))).toMatchObject({ kind: 'transient' });
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    const { adapter } = open({ output: broken });
    await adapter.start();
    expect(await adapter.send(leasedRow(adapter, 'r2'))).toEqual({ kind: 'unknown', reason: 'EPIPE' });
  });

  it('answers lines that start with a slash, in turn, and lives on when the input ends', async () => {
    const input = new PassThrough();
    const asked: string[] = [];
    const { adapter, text } = open({
      input,
      command: async (line) => {
        asked.push(line);
        if (line === '/bad') throw new UserError('No such command.');
        if (line === '/bug') throw new TypeError('secret detail');
        return { message: message(`Answer to ${line}`), data: null, private: true, exitCode: 0 };
      },
    });
    await adapter.start();
    input.write('hello\n/one\n\n/bad\n/bug\n/two\n');
    input.end();
    await settled();
    expect(asked).toEqual(['/one', '/bad', '/bug', '/two']);
    expect(text()).toMatch(/Answer to \/one[^]*No such command\.[^]*went wrong on our side[^]*Answer to \/two/);
    expect(text()).not.toContain('secret detail');
    expect(await adapter.send(leasedRow(adapter, 'r1'))).toMatchObject({ kind: 'sent' });
    await adapter.stop();
  });
});
