import { describe, expect, it } from 'vitest';
import { readSlash, slashNames } from '../../../src/adapters/slack/slash-text.ts';

describe('readSlash', () => {
  it.each([
    ['/borderwire', '', 'help', null],
    ['/borderwire', '  help  ', 'help', null],
    ['/borderwire', 'help timeline', 'help timeline', null],
    ['/borderwire', 'timeline help', 'help timeline', null],
    ['/borderwire', 'help help', 'help help', null],
    ['/borderwire', 'timeline serbia since april 2025', 'timeline serbia since april 2025', null],
    ['/timeline', 'serbia since april 2025', 'timeline serbia since april 2025', null],
    ['/timeline', 'HELP', 'help timeline', null],
    ['/timeline', '', 'timeline', null],
    ['/ban-status', 'laos on 2025-07-01', 'ban-status laos on 2025-07-01', null],
    ['/ban-status', '“côte d’ivoire”', 'ban-status “côte d’ivoire”', null],
    ['/ban-status', 'trinidad &amp; tobago', 'ban-status trinidad & tobago', null],
    ['/subscribe', 'serbia in <#C123ABC|alerts>', 'subscribe serbia', 'C123ABC'],
    ['/subscribe', '<#C123ABC|> topic:travel-ban', 'subscribe topic:travel-ban', 'C123ABC'],
    ['/subscribe', 'channel:<#C9>', 'subscribe', 'C9'],
    ['/subscribe', 'laos <#C1|one> <#C2|two>', 'subscribe laos #two', 'C1'],
    ['/borderwire', 'subscriptions <#C9|x>', 'subscriptions', 'C9'],
    ['/borderwire', 'search <https://example.org/a|example.org>', 'search https://example.org/a', null],
    ['/borderwire', 'search <@U1|ann>', 'search ann', null],
    ['/borderwire', 'search <@U1> visas', 'search visas', null],
    ['/borderwire', '?', 'help', null],
    ['/timeline', '?', 'help timeline', null],
    ['/borderwire', 'help!', 'help', null],
    ['/timeline', 'help!', 'help timeline', null],
    ['/borderwire', 'timeline help!', 'help timeline', null],
    ['/subscribe', '#alerts', 'subscribe', ''],
    ['/subscribe', 'topic:court laos in #alerts', 'subscribe topic:court laos', ''],
    ['/borderwire', 'subscriptions #alerts', 'subscriptions', ''],
    ['/borderwire', 'search #alerts', 'search #alerts', null],
    ['/borderwire', 'ban\u2011status laos on 2025\u201107\u201101', 'ban-status laos on 2025-07-01', null],
    ['/ban-status', 'laos on 2025–07–01', 'ban-status laos on 2025-07-01', null],
    ['/timeline', 'serbia —since 2025–04', 'timeline serbia --since 2025-04', null],
    ['/subscribe', 'rwanda quiet:22:00–07:00', 'subscribe rwanda quiet:22:00–07:00', null],
  ])('%s %s', (command, text, line, channel) => {
    expect(readSlash(command, text, slashNames)).toEqual({ line, channel });
  });

  it('knows commands by the names they were given', () => {
    const names = { ...slashNames, borderwire: 'bw', timeline: 'bw-timeline' };
    expect(readSlash('/bw', 'deals', names).line).toBe('deals');
    expect(readSlash('/bw-timeline', 'serbia', names).line).toBe('timeline serbia');
    expect(readSlash('/bw-timeline', 'help', names).line).toBe('help timeline');
  });
});
