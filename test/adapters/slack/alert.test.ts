import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storyMessage } from '../../../src/core/story-message.ts';
import { member, story } from '../../fakes/samples.ts';
import { shippedCountries } from '../../fakes/services.ts';
import { messageBlockViolations } from '../../fakes/slack/block-rules.ts';
import { hastyTime, type Opened, openAdapter } from './opened.ts';

describe('an alert on Slack', () => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await openAdapter({}, hastyTime());
  });
  afterEach(() => opened.close());

  const told = { kind: 'alert' as const, countries: shippedCountries };

  it('says in words how sure it is, who said it, and where to read more', async () => {
    const message = storyMessage(story('s1'), told);
    expect((await opened.adapter.send(opened.row('r1', { message }))).kind).toBe('sent');
    const sent = opened.slack.messages[0];
    expect(sent?.text).toMatch(/Headline of s1[\s\S]*Reported, announced[\s\S]*not legal advice/);
    expect(JSON.stringify(sent?.blocks)).toMatch(/example\.org\/s1-a1[\s\S]*"type":"actions"/);
  });

  it('is taken by Slack whole however many outlets tell it at whatever length', async () => {
    const members = Array.from({ length: 80 }, (_, at) =>
      member(`a${at}`, {
        title: `${'<!channel> & “long” '.repeat(30)}${at}`,
        url: `https://example.org/${'p'.repeat(900)}${at}`,
      }),
    );
    const long = story('s2', { members, headline: 'H & <b> '.repeat(80), summary: 'A sentence <@U1>. '.repeat(400) });
    const message = storyMessage(long, told);
    expect((await opened.adapter.send(opened.row('r1', { message }))).kind).toBe('sent');
    const blocks = opened.slack.messages[0]?.blocks;
    expect(messageBlockViolations(blocks)).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('not legal advice');
    expect(JSON.stringify(blocks)).not.toMatch(/<[!@]/);
  });
});
