import { describe, expect, it } from 'vitest';
import { englishOnly } from '../../../src/core/phrases.ts';
import { hostileCalls, hostileRunner } from '../../fakes/hostile-store.ts';
import { buttonPress, slashCommand } from '../../fakes/slack/payloads.ts';
import { openAdapter, until } from './opened.ts';

/** All words that Slack reads markup in. */
function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = Reflect.get(value, 'type') === 'mrkdwn' ? [String(Reflect.get(value, 'text'))] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)];
}

describe('every command over a database in which every word is hostile', () => {
  it('is answered with what Slack takes, mentions nobody, and its buttons work', async () => {
    const made = await hostileRunner(englishOnly, { seed: 32, count: 25 });
    const { slack, ...opened } = await openAdapter({ runner: made.runner, operators: ['U1'] });
    const { responses, sockets } = slack;
    const answered = async (send: () => unknown, what: string) => {
      const [before, formsBefore] = [responses.shown.length, slack.modals.length];
      send();
      await until(
        () => responses.shown.length > before || slack.modals.length > formsBefore || responses.refused.length > 0,
      );
      // A report of an error is entered in a form.
      const shown = slack.modals.length > formsBefore ? undefined : responses.shown.at(-1);
      expect([what, responses.refused, sockets.violations]).toEqual([what, [], []]);
      for (const words of [shown?.text ?? '', ...mrkdwnIn(shown?.blocks)]) expect(words).not.toMatch(/<(?!https?:)/);
      expect(shown?.text ?? '').not.toMatch(/went wrong/i);
      return shown;
    };
    const typed = hostileCalls(9, 4).map(({ name, given }) => `${name} ${Object.values(given).join(' ')}`);
    for (const text of [...typed, ...made.storyIds.map((id) => `story ${id}`)]) {
      const shown = await answered(
        () => sockets.deliver('slash_commands', slashCommand(slack, '/borderwire', text)),
        text,
      );
      const values = [
        ...JSON.stringify(shown?.blocks ?? []).matchAll(/"action_id":"(command:\d+)","value":"((?:[^"\\]|\\.)*)"/g),
      ];
      const [, action, value] = values.at(-1) ?? [];
      if (action === undefined || value === undefined || values.length % 5 !== 1) continue;
      const press = buttonPress(slack, { action_id: action, value: JSON.parse(`"${value}"`) });
      await answered(() => sockets.deliver('interactive', press), `button ${value}`);
    }
    await opened.close();
    await made.store.close();
  }, 120_000);
});
