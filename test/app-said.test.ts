import { describe, expect, it } from 'vitest';
import { failureLines, firstRoundLine } from '../src/app-said.ts';

function failure(sourceId: string, message = `https://${sourceId}.example/feed: the host name is not known`) {
  return { sourceId, code: 'dns', message, hint: 'Check DNS' };
}

const quiet = { unchanged: 0, changed: 0, deferred: 0, notices: [] };

describe('what could not be read', () => {
  it('is one line for each cause, however many sources it struck', () => {
    const lines = failureLines([
      failure('a'),
      failure('b', 'https://b.example/ answered with a web page, not a feed'),
      failure('c'),
    ]);
    expect(lines).toEqual([
      'Could not read 2 sources: the host name is not known. Check DNS:\n  a, c',
      'Could not read b: answered with a web page, not a feed. Check DNS',
    ]);
  });
});

describe('the first round', () => {
  it('says what was read, or that nothing could be', () => {
    expect(firstRoundLine({ ...quiet, polled: 3, added: 40, failed: [failure('a')] })).toBe(
      'Read 2 of 3 sources: 40 new entries.',
    );
    expect(firstRoundLine({ ...quiet, polled: 2, added: 0, failed: [failure('a'), failure('b')] })).toMatch(
      /^None of 2 sources could be read: is this machine connected\?/,
    );
    expect(firstRoundLine({ ...quiet, polled: 0, added: 0, failed: [] })).toBeNull();
  });
});
