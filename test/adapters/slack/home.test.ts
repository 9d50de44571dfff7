import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Followed } from '../../../src/adapters/slack/home.ts';
import { viewViolations } from '../../fakes/slack/block-rules.ts';
import { homeOpened } from '../../fakes/slack/payloads.ts';
import { type Opened, openWithCommands, until } from './opened.ts';

describe('App Home', () => {
  let opened: Opened;
  let followed: Followed[] | Error = [];
  beforeAll(async () => {
    const follows = () => (followed instanceof Error ? Promise.reject(followed) : Promise.resolve(followed));
    opened = await openWithCommands({ follows });
  });
  afterAll(async () => {
    await opened.close();
  });

  let visitors = 0;
  async function home(): Promise<string> {
    const user = `UV${++visitors}`;
    opened.slack.sockets.deliver('events_api', homeOpened(opened.slack, user));
    await until(() => opened.slack.homes.has(user));
    const view = opened.slack.homes.get(user);
    expect(viewViolations(view)).toEqual([]);
    return JSON.stringify(view);
  }

  it('says how to begin where nothing is followed', async () => {
    followed = [];
    expect(await home()).toMatch(/What this workspace follows.*Nothing yet.*Subscribe a channel/);
  });

  it('names each channel, what it follows and why it is paused; foreign words stay words', async () => {
    followed = [
      { channel: 'C1', words: 'every topic for Laos', paused: null },
      { channel: 'G2', words: 'x <!channel> & y', paused: 'is_archived' },
      { channel: 'U3|<!here>', words: 'z', paused: null },
    ];
    const shown = await home();
    expect(shown).toContain('• <#C1>: every topic for Laos');
    expect(shown).toContain('• <#G2>: x &lt;!channel&gt; &amp; y (paused: is_archived)');
    expect(shown).toContain('• a direct message: z');
  });

  it('holds however much is followed', async () => {
    followed = Array.from({ length: 500 }, (_, at) => ({ channel: `C${at}`, words: 'w '.repeat(400), paused: null }));
    expect(await home()).toContain('and 460 more');
  });

  it('shows the rest when what is followed cannot be read', async () => {
    followed = new Error('the disk is gone');
    const shown = await home();
    expect(shown).toMatch(/ban-status/);
    expect(shown).not.toContain('What this workspace follows');
  });
});
