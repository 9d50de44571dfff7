import { mkdirSync, writeFileSync } from 'node:fs';
import { openApp } from '../src/app.ts';
import type { Look } from '../src/app-pictures.ts';
import { loadConfig } from '../src/config/load.ts';
import type { PictureSpec } from '../src/pictures/spec.ts';

/**
 * The pictures of README and docs, from the shipped record: `npm run pictures`. The days are fixed, so that a picture
 * changes only when the record or the drawing does.
 */
const folder = 'docs/pictures';
const day = '2026-09-30';
const app = await openApp(loadConfig({ ...process.env, LOG_LEVEL: 'silent' }), { memory: true });
const { pictures, ledger } = app;
const light: Look = { theme: 'light', locale: 'en' };
const dark: Look = { theme: 'dark', locale: 'en' };

function timeline(filter: Parameters<typeof ledger.timeline>[0], title: string, look: Look): PictureSpec {
  return pictures.timeline(ledger.timeline(filter), title, look);
}

const made: Readonly<Record<string, PictureSpec>> = {
  'map-bans-light': pictures.bans(day, undefined, light),
  'map-bans-dark': pictures.bans(day, undefined, dark),
  'map-bans-2017-11-01': pictures.bans('2017-11-01', undefined, light),
  'map-bans-arabic': pictures.bans('2026-01-02', undefined, { theme: 'light', locale: 'ar' }),
  'map-changes': pictures.bans('2026-01-02', '2025-06-10', light),
  'map-deals': pictures.deals(day, light),
  'chart-rwanda': timeline({ country: 'RW' }, 'Rwanda: timeline', light),
  'chart-laos-dark': timeline({ country: 'LA' }, 'Laos: timeline', dark),
  'chart-dvd-v-dhs': timeline({ case: 'dvd-v-dhs' }, 'D.V.D. v. DHS', light),
  'chart-all': timeline({}, 'Travel bans and deportation deals since 2017', light),
};

mkdirSync(folder, { recursive: true });
const lines = ['# Maps and charts', '', 'Made by `npm run pictures` from the shipped record.', ''];
for (const [name, spec] of Object.entries(made)) {
  const { png } = await pictures.draw(spec, 'png');
  if (png !== null) writeFileSync(`${folder}/${name}.png`, png);
  lines.push(`![${spec.alt.replaceAll(/[[\]]/g, '')}](${name}.png)`, '');
}
writeFileSync(`${folder}/maps-and-charts.md`, `${lines.join('\n').trimEnd()}\n`);
await app.close();
