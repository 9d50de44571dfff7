import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let root: string;
beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: this packs the built program.');
  root = mkdtempSync(join(tmpdir(), 'bw-package-'));
  const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--pack-destination', root], { encoding: 'utf8' });
  const name = packed.stdout.trim().split('\n').at(-1) ?? '';
  spawnSync('tar', ['-xzf', join(root, name), '-C', root]);
  symlinkSync(resolve('node_modules'), join(root, 'package', 'node_modules'));
}, 60_000);
afterAll(() => rmSync(root, { recursive: true }));

/** Runs the packed program in an empty folder, as somebody who installed it. */
function borderwire(...args: string[]) {
  const { bin } = JSON.parse(readFileSync(join(root, 'package', 'package.json'), 'utf8')) as {
    bin: { borderwire: string };
  };
  const env = { PATH: process.env.PATH, BORDERWIRE_DATA: join(root, 'data'), LOG_LEVEL: 'silent' };
  return spawnSync(process.execPath, [join(root, 'package', bin.borderwire), ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
}

describe('the packed program', () => {
  it('is built before it is packed', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    expect(scripts.prepack).toBe('npm run build');
  });

  it('answers from the record it ships, in a folder without configuration', () => {
    const run = borderwire('ban-status', 'laos', '--json');
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toMatchObject({ country: { code: 'LA' }, tier: expect.any(String) as string });
  });

  it('polls, reads and tells: the whole replay runs', () => {
    const run = borderwire('demo', '--fast');
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('nothing is left behind');
  });

  it('carries neither tests nor sources nor data', () => {
    for (const name of ['test', 'src', 'bench', 'data', '.env', 'dist/.tsbuildinfo'])
      expect(existsSync(join(root, 'package', name)), name).toBe(false);
    for (const name of ['LICENSE', 'README.md', 'slack-manifest.yaml', 'migrations', 'docs/schemas', '.env.example'])
      expect(existsSync(join(root, 'package', name)), name).toBe(true);
    const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\((docs\/[a-z/-]+\.(?:md|service))\)/g)];
    const running = links.flatMap(([, path = '']) => (/pictures|adr/.test(path) ? [] : [path]));
    expect(running).toContain('docs/systemd/borderwire.service');
    for (const path of running) expect(existsSync(join(root, 'package', path)), path).toBe(true);
  });
});
