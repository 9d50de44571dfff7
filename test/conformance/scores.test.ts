import { afterAll, describe, expect, it } from 'vitest';
import { adapter, copyHarness, harnessPresent, removeHarness, runScript } from './harness.ts';

if (!harnessPresent)
  console.log('skipped: ../shared/feeds-conformance is not here, so field extraction is not measured');

describe.skipIf(!harnessPresent)('field extraction over other projects’ test feeds', () => {
  const folder = harnessPresent ? copyHarness() : '';
  afterAll(() => removeHarness(folder));

  it.each(['UTC', 'America/New_York'])(
    'reaches 99.0 on the suites and 99.5 on real feeds, and refuses nothing but an empty document (TZ=%s)',
    async (TZ) => {
      const printed = await runScript(folder, 'run.mjs', [adapter, '--quiet'], { TZ });
      const score = /SCORE suite=([\d.]+)% .* real=([\d.]+)% .* nothrow=\S+ \((\d+)\/(\d+)\) uncaught=(\d+)/.exec(
        printed,
      );
      expect(score, printed).not.toBeNull();
      const [suite, real, sound, all, uncaught] = (score ?? []).slice(1).map(Number);
      console.log(printed.trim());
      expect(suite).toBeGreaterThanOrEqual(99);
      expect(real).toBeGreaterThanOrEqual(99.5);
      expect(uncaught).toBe(0);
      // One of the files is an empty document.
      expect((all ?? 0) - (sound ?? 0)).toBeLessThanOrEqual(1);
    },
    120_000,
  );
});
