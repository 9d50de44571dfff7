import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../src/app.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { type Asked, ids } from '../../fakes/discord/world.ts';
import { openFullApp } from '../../fakes/full-app.ts';
import { type Listener, listenTo } from '../spoken.ts';
import { askingAt, commandData, pressed } from './asking.ts';
import { openDiscord } from './open.ts';

let app: App;
let fake: FakeDiscord;
let adapter: ChatAdapter;
let heard: Listener;
beforeAll(async () => {
  app = await openFullApp();
  heard = listenTo(app);
  const { runner } = heard;
  const { meta } = app.store;
  ({ fake, adapter } = await openDiscord(
    { runner, operators: [ids.manager], meta, phrases: app.phrases },
    { channelLimit: 1e6 },
  ));
  await adapter.start();
}, 60_000);
afterAll(async () => {
  await adapter.stop();
  await fake.close();
  await app.close();
});
const { fill, choicesFor } = askingAt(() => fake);

interface Registered {
  name: string;
  default_member_permissions: string | null;
  options: { name: string; type: number; autocomplete?: boolean; choices?: { value: string }[] }[];
}
const registered = () => fake.commands.get('global') as Registered[];

/** What each type of option takes; some commands know what they speak of. */
const samples: Readonly<Record<string, string | number | boolean>> = {
  country: 'laos',
  case: 'dvd-v-dhs',
  id: 's0',
  words: 'headline',
  quiet: '22:00-07:00',
  at: '08:30',
  zone: 'Europe/Belgrade',
  languages: 'es',
  'what-is-wrong': 'Zagreb 1999',
  'answer-to': 'Zagreb 1999',
  command: 'timeline',
};
function sampleOf({ name, type, choices }: Registered['options'][number]): string | number | boolean {
  if (type === 5) return true;
  if (type === 4) return 1;
  if (type === 7) return ids.text;
  return choices?.at(-1)?.value ?? samples[name] ?? (/^(on|known|since|until|date)$/.test(name) ? '2025-07-01' : '1');
}

interface Shown {
  type?: number;
  custom_id?: string;
  title?: string;
  embeds?: {
    title?: string;
    description?: string;
    footer?: { text: string };
    fields?: { name: string; value: string }[];
  }[];
  components?: { components?: Part[]; label?: string; description?: string; component?: Part }[];
}
interface Part {
  custom_id?: string;
  label?: string;
  url?: string;
  placeholder?: string;
  options?: { label: string; value: string }[];
}

/** All words of an answer, as somebody reads them. */
function wordsOf({ title = '', embeds = [], components = [] }: Shown): string {
  const parts = components.flatMap((row) => [...(row.components ?? []), ...(row.component ? [row.component] : [])]);
  const lines = [
    title,
    ...embeds.flatMap((one) => [one.title, one.description, one.footer?.text]),
    ...embeds.flatMap((one) => (one.fields ?? []).flatMap((field) => [field.name, field.value])),
    ...components.flatMap((row) => [row.label, row.description]),
    ...parts.flatMap((part) => [part.label, part.placeholder, ...(part.options ?? []).map(({ label }) => label)]),
  ];
  return lines
    .filter((line) => line !== undefined)
    .join('\n')
    .replaceAll(/\]\(https?:[^)]*\)/g, '')
    .replaceAll('@\u200B', '@')
    .replaceAll(/\\([\\*_~`|<>[\]()#@:.+-])/g, '$1')
    .replaceAll(/^- \[/gm, '- ');
}

/** What was found in an answer in Spanish that is not. */
const left: string[] = [];

const locales = { es: 'es-ES', en: 'en-US', fr: 'fr', pt: 'pt-BR' } as const;
/** Asks, and looks at what comes: in time, private, in the asker's language, whole, nothing of it a fault of ours. */
async function look(
  asked: ReturnType<FakeDiscord['ask']>,
  what: string,
  locale: string,
  shared = false,
): Promise<Shown> {
  const shown = (await asked.answered) as Shown;
  expect(asked.acknowledgedAfter, what).toBeLessThan(3_000);
  const isForm = shown.type === 9;
  expect([what, isForm || shared || asked.ephemeral], what).toEqual([what, true]);
  const words = wordsOf(shown);
  const fault = app.phrases.text('Something went wrong on our side; the operator’s log has it.', locale);
  expect(words, what).not.toContain(fault);
  expect(words, what).not.toContain(app.phrases.text('Shortened: the rest is in the sources.', locale));
  if (locale.startsWith('es')) left.push(...heard.ourEnglishIn(words).map((part) => `${what}: ${part}`));
  expect([what, fake.problems]).toEqual([what, []]);
  return shown;
}

/** The same but for the names and numbers in it: `/story ID page:N`. */
const shapeOf = (customId: string) =>
  customId.replaceAll(/(?<=[ :"])[^ :"]*\d[^ :"]*/g, 'N').replaceAll(/ [A-Z]{2}\b/g, ' CC');

/** Everything that can be pressed below an answer, and below what then comes, each shape of it once. */
async function pressAll(shown: Shown, who: Asked, locale: string, seen: Set<string>): Promise<void> {
  const parts = (shown.components ?? []).flatMap((row) => row.components ?? []);
  const ways = parts.flatMap(({ custom_id: id, options = [] }): [string, string[]?][] =>
    id === undefined ? [] : options.length === 0 ? [[id]] : options.map(({ value }) => [id, [value]]),
  );
  for (const [id, values] of ways) {
    const shape = shapeOf(values?.[0] ?? id);
    if (seen.has(shape)) continue;
    seen.add(shape);
    const next = await look(
      fake.ask(3, pressed(id, values), who),
      `press ${values?.[0] ?? id}`,
      locale,
      id.startsWith('s:'),
    );
    if (next.type === 9) await submit(next, who, locale);
    else await pressAll(next, who, locale, seen);
  }
}

/** A form is filled in, with what each field takes. */
async function submit(form: Shown, who: Asked, locale: string): Promise<void> {
  const fields = (form.components ?? []).flatMap(({ component }) => (component ? [component] : []));
  const given = fields.map(({ custom_id: id = '', options }): [string, string | string[]] => {
    if (id === 'channel') return [id, [ids.text]];
    return [id, options ? [options[0]?.value ?? ''] : String(samples[id] ?? 'Zagreb 1999')];
  });
  const channel = {
    id: ids.text,
    type: 0,
    name: 'c',
    permissions: (2n ** 40n - 1n).toString(),
    app_permissions: (2n ** 40n - 1n).toString(),
  };
  const answer = await fill(form.custom_id ?? '', Object.fromEntries(given), who, {
    channels: { [ids.text]: channel },
  });
  const words = `${answer.title}\n${answer.description}`;
  if (locale.startsWith('es'))
    left.push(...heard.ourEnglishIn(wordsOf({ embeds: [answer] })).map((part) => `${form.custom_id}: ${part}`));
  expect(words).not.toMatch(/went wrong/);
}

describe.each([
  ['manager', locales.en],
  ['manager', locales.es],
  ['member', locales.es],
  ['member', locales.en],
  ['manager', locales.fr],
  ['member', locales.pt],
] as const)('a %s in %s', (as, locale) => {
  const who = { as, locale };
  const say = (english: string) => app.phrases.text(english, locale);
  const isWhole = locale === locales.en || locale === locales.es;

  it('is answered by every command that is registered, with every option of it, and by all that can be pressed then', async () => {
    const seen = new Set<string>();
    for (const { name, options } of registered()) {
      const asks = [{}, ...(isWhole ? options.map((option) => ({ [option.name]: sampleOf(option) })) : [])];
      for (const given of asks) {
        const what = `/${name} ${JSON.stringify(given)}`;
        const shown = await look(fake.ask(2, { data: commandData(name, given) }, who), what, locale);
        if (shown.type === 9) await submit(shown, who, locale);
        else await pressAll(shown, who, locale, seen);
        const { access = 'anyone' } = heard.runner.commands.find((one) => one.name === name) ?? {};
        const rule =
          access === 'manager'
            ? 'is for people who manage this channel.'
            : 'is for this installation’s operators (settings.yaml, operators).';
        // A form refuses when it is sent.
        const isRight = as === 'manager' || access === 'anyone' || shown.type === 9;
        expect([what, isRight || wordsOf(shown).includes(say(`/${name} ${rule}`))]).toEqual([what, true]);
      }
    }
    expect(left.splice(0)).toEqual([]);
  }, 240_000);

  it('is offered choices while typing, wherever the registration promises them', async () => {
    const completing = registered().flatMap(({ name, options }) =>
      options.filter((option) => option.autocomplete).map((option) => [name, option.name] as const),
    );
    expect(completing.length).toBeGreaterThan(5);
    for (const [name, option] of completing) {
      const choices = await choicesFor(name, option, 'con', who);
      expect([name, option, choices.length <= 25]).toEqual([name, option, true]);
    }
  });
});
