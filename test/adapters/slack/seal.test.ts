import { describe, expect, it } from 'vitest';
import { createSeal } from '../../../src/adapters/slack/seal.ts';
import { ConfigError } from '../../../src/core/errors.ts';

const [first, second] = ['a'.repeat(64), 'another key of more than thirty-two characters'];

describe('a seal', () => {
  it('opens what it closed, and shows nothing of it', () => {
    const seal = createSeal(first);
    const sealed = seal.close('xoxb-secret', 'slack/T1');
    expect(sealed).not.toContain('xoxb');
    expect(seal.open(sealed, 'slack/T1')).toEqual({ text: 'xoxb-secret', stale: false });
    expect(seal.close('xoxb-secret', 'slack/T1')).not.toBe(sealed);
  });

  it('does not open what was changed, cut, or moved to another name', () => {
    const seal = createSeal(first);
    const sealed = seal.close('xoxb-secret', 'slack/T1');
    const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const [text, name] of [
      [changed, 'slack/T1'],
      [sealed.slice(0, -4), 'slack/T1'],
      [sealed, 'slack/T2'],
      ['v1.zz', 'slack/T1'],
      ['', 'slack/T1'],
      [sealed.replace(/\.[^.]+\.([^.]+)$/, '.AAAA.$1'), 'slack/T1'],
    ] as const)
      expect(seal.open(text, name)).toBeNull();
  });

  it('opens with an older key what that closed, and says that it is old', () => {
    const old = createSeal(first).close('xoxb-secret', 'slack/T1');
    expect(createSeal(`${second},${first}`).open(old, 'slack/T1')).toEqual({ text: 'xoxb-secret', stale: true });
    expect(createSeal(second).open(old, 'slack/T1')).toBeNull();
  });

  it('derives secrets that differ by purpose and tell no key', () => {
    const seal = createSeal(first);
    expect(seal.derive('state')).not.toBe(seal.derive('other'));
    expect(createSeal(first).derive('state')).toBe(seal.derive('state'));
    expect(seal.derive('state')).not.toContain(first);
  });

  it.each([undefined, '', ' ', 'short', `${first},short`, ','])('is not made with “%s”', (key) => {
    expect(() => createSeal(key)).toThrow(ConfigError);
    expect(() => createSeal(key)).toThrow(/BORDERWIRE_ENCRYPTION_KEY.*openssl rand -hex 32/);
  });
});
