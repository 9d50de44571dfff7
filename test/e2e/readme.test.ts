import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');
beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: this shows what the built program says.');
});

/** The lines between two marks, `…` left out: it says that more follows. */
function transcript(name: string): string[] {
  const text =
    new RegExp(`<!-- transcript:${name} -->[\\s\\S]*?\`\`\`text\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
  return wordsOf(text).filter((word) => word !== '…');
}

/** Line breaks follow the width of a terminal: words are compared. */
function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function said(...args: string[]): string[] {
  const env = { ...process.env, BORDERWIRE_DATA: mkdtempSync(join(tmpdir(), 'bw-readme-')), LOG_LEVEL: 'silent' };
  return wordsOf(spawnSync(process.execPath, ['dist/main.js', ...args], { env, encoding: 'utf8' }).stdout);
}

it('shows an answer as the program gives it', () => {
  const shown = transcript('ban-status');
  expect(shown.length).toBeGreaterThan(50);
  expect(said('ban-status', 'laos', '--on', '2026-01-02').slice(0, shown.length)).toEqual(shown);
});

it('shows an alert as the replay tells it', () => {
  // Outlets that publish at the same moment may come in either order.
  const parts = transcript('alert')
    .join(' ')
    .split(/ (?=- )|(?= Information, not)/);
  expect(parts.length).toBeGreaterThan(4);
  const told = said('demo', '--fast').join(' ');
  expect(parts.filter((part) => !told.includes(part))).toEqual([]);
});
