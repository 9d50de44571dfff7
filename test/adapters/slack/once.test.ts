import { describe, expect, it } from 'vitest';
import { createFirstTimes, eventKeys } from '../../../src/adapters/slack/once.ts';

describe('what comes twice', () => {
  const command = { command: '/timeline', text: 'laos', trigger_id: 't1' };

  it.each<[string, [unknown, unknown], [unknown, unknown], boolean]>([
    ['the same envelope', [{}, 'e1'], [{}, 'e1'], true],
    ['the same event in another envelope', [{ event_id: 'Ev1' }, 'e1'], [{ event_id: 'Ev1' }, 'e2'], true],
    ['another event', [{ event_id: 'Ev1' }, 'e1'], [{ event_id: 'Ev2' }, 'e2'], false],
    ['the same command over HTTP', [command, undefined], [{ ...command }, undefined], true],
    ['the command typed again', [command, 'e1'], [{ ...command, trigger_id: 't2' }, 'e2'], false],
    ['other words with a trigger used before', [command, 'e1'], [{ ...command, text: 'mali' }, 'e2'], false],
    ['what has no id at all', [{ type: 'x' }, undefined], [{ type: 'x' }, undefined], false],
    ['nothing', [null, undefined], [null, undefined], false],
  ])('%s', (_what, first, second, repeated) => {
    const isFirst = createFirstTimes();
    expect(isFirst(eventKeys(...first))).toBe(true);
    expect(isFirst(eventKeys(...second))).toBe(!repeated);
  });

  it('forgets the oldest of more than two thousand', () => {
    const isFirst = createFirstTimes();
    for (let count = 0; count <= 2000; count++) isFirst([`k${count}`]);
    expect(isFirst(['k2000'])).toBe(false);
    expect(isFirst(['k1'])).toBe(false);
    expect(isFirst(['k0'])).toBe(true);
  });
});
