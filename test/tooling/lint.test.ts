import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bw-lint-'));
  copyFileSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lint(files: Readonly<Record<string, string>>): { code: number | null; told: string } {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const run = spawnSync(resolve('node_modules/.bin/oxlint'), ['src'], { cwd: folder, encoding: 'utf8' });
  return { code: run.status, told: run.stdout + run.stderr };
}

const part = 'export const part = 1;\n';

describe('the direction of imports', () => {
  it('lets a part import core and lib', () => {
    const found = lint({
      'src/core/part.ts': part,
      'src/lib/part.ts': part,
      'src/feeds/uses.ts':
        "import { part } from '../core/part.ts';\nimport { part as other } from '../lib/part.ts';\n\nexport const sum = part + other;\n",
    });
    expect(found).toMatchObject({ code: 0 });
  });

  it.each([
    ['src/feeds/uses.ts', 'src/stories/part.ts', '../stories/part.ts'],
    ['src/commands/uses.ts', 'src/store/part.ts', '../store/part.ts'],
    ['src/stories/extract/uses.ts', 'src/ledger/part.ts', '../../ledger/part.ts'],
    ['src/core/uses.ts', 'src/lib/part.ts', '../lib/part.ts'],
    ['src/lib/uses.ts', 'src/feeds/part.ts', '../feeds/part.ts'],
    ['src/delivery/uses.ts', 'src/app.ts', '../app.ts'],
    ['src/adapters/console/uses.ts', 'src/config/part.ts', '../../config/part.ts'],
  ])('refuses %s importing %s', (from, to, path) => {
    const found = lint({ [to]: part, [from]: `import { part } from '${path}';\n\nexport const used = part;\n` });
    expect(found.code).not.toBe(0);
    expect(found.told).toContain('no-restricted-imports');
  });

  it('refuses a cycle', () => {
    const found = lint({
      'src/feeds/a.ts': "import { b } from './b.ts';\n\nexport const a = (): number => b();\n",
      'src/feeds/b.ts': "import { a } from './a.ts';\n\nexport const b = (): number => a();\n",
    });
    expect(found.code).not.toBe(0);
    expect(found.told).toContain('no-cycle');
  });
});
