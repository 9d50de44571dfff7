import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLine } from '../fakes/io.ts';

const page = async (...more: string[]) => {
  const file = join(mkdtempSync(join(tmpdir(), 'bw-preview-')), 'page.html');
  const { code, err } = await runLine(['preview', '--out', file, ...more]);
  expect([code, err]).toEqual([0, '']);
  return readFileSync(file, 'utf8');
};

describe('borderwire preview', () => {
  it('shows every kind of message as both platforms do, without a token, in the language asked for', async () => {
    const html = await page('--locale', 'es');
    const kinds = ['alert-reported', 'alert-disputed', 'alert-confirmed', 'alert-official', 'update', 'correction'];
    kinds.push('catch-up', 'digest', 'ban-status', 'ban-list', 'timeline', 'deals', 'courts', 'story', 'subscriptions');
    for (const kind of [...kinds, 'help', 'error', 'which'])
      for (const platform of ['discord', 'slack']) expect(html).toContain(`id="${platform}-${kind}"`);
    for (const kind of [
      'retraction',
      'denial',
      'burst',
      'late-together',
      'reminder',
      'set-up',
      'paused',
      'operators',
      'file',
    ])
      for (const platform of ['discord', 'slack']) expect(html).toContain(`id="${platform}-${kind}"`);
    for (const own of ['discord-welcome', 'discord-form-subscribe', 'discord-form-report', 'slack-form-subscribe'])
      expect(html).toContain(`id="${own}"`);
    expect(html).toContain('id="slack-home"');
    expect(html).not.toContain('```');
    expect(html).not.toMatch(/undefined|\[object Object\]|<script/);
    expect(html).toContain('Avisar de un error');
    const told = [...html.matchAll(/<img [^>]*alt="([^"]*)"/g)].map(([, alt = '']) => alt.split(/[ :]/)[0]);
    expect(new Set(told)).toEqual(new Set(['Mapa', 'Gráfico']));
  }, 120_000);
});
