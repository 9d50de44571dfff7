import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isOwnerDead, ownerName } from '../../src/lib/process-alive.ts';

describe('whether an owner is dead', () => {
  const own = `${process.pid}-now`;

  it('asks the system by the process id in its name', () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    expect(isOwnerDead(`${gone}-x`, own)).toBe(true);
    expect(isOwnerDead(`${process.ppid}-x`, own)).toBe(false);
  });

  it('knows itself, and one that had its id before', () => {
    expect(isOwnerDead(own, own)).toBe(false);
    expect(isOwnerDead(`${process.pid}-before`, own)).toBe(true);
  });

  it('knows nothing of another machine’s processes', () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const here = ownerName('now');
    expect(isOwnerDead(here.replace(/\/\d+-now$/, `/${gone}-x`), here)).toBe(true);
    expect(isOwnerDead(`elsewhere.1/${gone}-x`, here)).toBe(false);
    expect(isOwnerDead(`elsewhere.1/${process.pid}-x`, here)).toBe(false);
    expect(isOwnerDead(`${gone}-x`, here)).toBe(false);
    expect(isOwnerDead(here, here)).toBe(false);
  });

  it('lets names live that it cannot read', () => {
    expect(['', 'worker', '-1-x', '0-x', '99999999999999999999-x'].map((name) => isOwnerDead(name, own))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
