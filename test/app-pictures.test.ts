import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../src/app.ts';
import { createPictures } from '../src/app-pictures.ts';
import type { Asker, Command } from '../src/core/command.ts';
import { silentLog } from '../src/lib/log.ts';
import { openTestApp } from './fakes/app.ts';

let app: App;
beforeAll(async () => {
  app = await openTestApp({ memory: true });
  // The first map of a process takes longest: an answer would go out without it on a machine that is busy.
  await app.pictures.draw(app.pictures.deals('2026-01-02', { theme: 'light', locale: 'en' }), 'png');
}, 60_000);
afterAll(() => app.close());

const asker: Asker = {
  userId: 'U1',
  channel: { platform: 'discord', workspace: 'G', id: 'C' },
  locale: 'en',
  manager: false,
  operator: false,
};
const onConsole: Asker = { ...asker, channel: { platform: 'console', workspace: 'console', id: 'console' } };

function failure(): never {
  throw new Error('no');
}

describe('answers with pictures', () => {
  it('shows a map with the lists, of the day asked about', async () => {
    const { message } = await app.dispatcher.line('/ban-status on 2026-01-02', asker);
    expect(message.picture?.alt).toContain('2 January 2026');
    expect(Buffer.from(message.picture?.png ?? []).readUInt32BE(16)).toBe(1600);
    expect(message.plain).toContain('19 countries');
  });

  it('shows what changed where two days are compared', async () => {
    const { message } = await app.dispatcher.line('/ban-status on 2026-01-02 since 2025-06-10', asker);
    expect(message.picture?.alt).toContain('From partial to full (2): Laos, Sierra Leone.');
  });

  it('shows a chart with a timeline, and a map with the deals', async () => {
    expect((await app.dispatcher.line('/timeline rwanda', asker)).message.picture?.alt).toMatch(
      /^Timeline chart: Rwanda/,
    );
    expect((await app.dispatcher.line('/deals', asker)).message.picture?.alt).toContain('Refused');
  });

  it.each(['/ban-status laos', '/timeline serbia', '/deals rwanda', '/help', '/ban-status congo'])(
    'leaves %s in words',
    async (line) => {
      expect((await app.dispatcher.line(line, asker)).message.picture).toBeUndefined();
    },
  );

  it('draws nothing for a terminal', async () => {
    expect((await app.dispatcher.line('/ban-status', onConsole)).message.picture).toBeUndefined();
  });

  it('answers in words when a picture fails', async () => {
    const failing = { ...app.ledger, banStatus: failure };
    const stories = { story: () => Promise.reject(new Error('gone')) } as unknown as App['store']['stories'];
    const pictures = createPictures({
      ledger: failing,
      countries: app.countries,
      stories,
      clock: app.clock,
      log: silentLog,
    });
    const reply = { message: { title: 'T', plain: 'P', blocks: [] }, private: true, exitCode: 0 as const };
    const command = (name: string, data: unknown): Command => ({
      name,
      summary: '',
      options: [],
      access: 'anyone',
      slow: false,
      run: () => Promise.resolve({ ...reply, data }),
    });
    for (const [name, data] of [
      ['ban-status', { on: '2026-01-02', counts: {} }],
      ['story', { stories: [{ id: 'x' }] }],
    ] as const) {
      const answered = await pictures.illustrated(command(name, data)).run({}, asker);
      expect(answered.message).toEqual(reply.message);
    }
    await pictures.close();
  });
});
