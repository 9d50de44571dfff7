import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLine } from '../fakes/io.ts';

const folder = mkdtempSync(join(tmpdir(), 'bw-pictures-'));

describe('borderwire map and chart', () => {
  it('draws a map as SVG, with the tier of each country', async () => {
    const out = join(folder, 'map.svg');
    const { code, out: said } = await runLine(['map', '--on', '2025-07-01', '--out', out]);
    expect([code, said]).toEqual([0, expect.stringContaining('Partial suspension (7)')]);
    expect(readFileSync(out, 'utf8')).toMatch(/data-country="LA" data-tier="partial"/);
  });

  it('draws deals as PNG, and a chart of one matter', async () => {
    const [map, chart] = [join(folder, 'deals.png'), join(folder, 'chart.svg')];
    expect((await runLine(['map', '--topic', 'third-country-removal', '--theme', 'dark', '--out', map])).code).toBe(0);
    expect([...readFileSync(map).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect((await runLine(['chart', '--matter', 'removals/RW', '--out', chart])).code).toBe(0);
    expect(readFileSync(chart, 'utf8').match(/data-event=/g)).toHaveLength(3);
  });

  it('draws the suspension of one country by its matter, step by step', async () => {
    const out = join(folder, 'laos.svg');
    const { code, out: said } = await runLine(['chart', '--matter', 'ban/LA', '--out', out]);
    expect([code, said]).toEqual([0, expect.stringMatching(/Laos: entry suspension.*Full, in effect/)]);
    const svg = readFileSync(out, 'utf8');
    expect(svg.match(/data-event=/g)).toHaveLength(4);
    expect([...svg.matchAll(/data-bar="([^"]*)"/g)].map(([, bar]) => bar)).toEqual([
      'unchanged',
      'partial',
      'partial',
      'full',
    ]);
  });

  it.each([
    [['map'], '--out'],
    [['map', '--out', 'map.gif'], '.png or .svg'],
    [['map', '--out', 'm.svg', '--on', 'whenever'], 'whenever'],
    [['map', '--out', 'm.svg', '--on', '2025'], 'one day'],
    [['map', '--out', 'm.svg', '--on', '2025-01-01', '--since', '2026-01-01'], 'earlier day'],
    [['map', '--out', 'm.svg', '--topic', 'weather'], 'third-country-removal'],
    [['map', '--out', 'm.svg', '--theme', 'pink'], 'light and dark'],
    [['map', '--out', 'm.svg', '--locale', '../x'], '--locale'],
    [['map', '--out', '/nowhere/at/all/m.svg'], 'folder that exists'],
    [['chart', '--out', 'c.svg', '--country', 'atlantis'], 'atlantis'],
    [['chart', '--out', 'c.svg', '--country', 'congo'], 'Congo'],
    [['chart', '--out', 'c.svg', '--matter', 'removals/ZZ'], 'removals/ZZ'],
    [['chart', '--out', 'c.svg', '--topic', 'weather'], 'weather'],
  ])('says in a line what is wrong with %j', async (argv, words) => {
    const { code, err } = await runLine(argv);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
