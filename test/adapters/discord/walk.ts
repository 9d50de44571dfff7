import { expect } from 'vitest';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { type Asked, ids } from '../../fakes/discord/world.ts';
import { samples, shapeOf, type World } from '../world.ts';
import { askingAt, commandData, pressed } from './asking.ts';
import { openDiscord } from './open.ts';

interface Registered {
  name: string;
  default_member_permissions: string | null;
  options: { name: string; type: number; autocomplete?: boolean; choices?: { value: string }[] }[];
}

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

export type Person = Required<Pick<Asked, 'as' | 'locale'>>;

export interface DiscordWalk {
  /** Every command, with each of its options when `whole`, and all that can then be pressed, chosen and entered; how many answers. */
  commands(who: Person, whole: boolean): Promise<number>;
  /** What is offered while typing, wherever the registration promises it; how often. */
  typing(who: Person): Promise<number>;
  /** Milliseconds of the slowest acknowledgement. */
  slowest(): number;
  close(): Promise<void>;
}

/** A fake Discord at which everything is done that can be done there. */
export async function openDiscordWalk({ app, runner, ...world }: World): Promise<DiscordWalk> {
  const { fake, adapter } = await openDiscord(
    { runner, operators: [ids.operator], meta: app.store.meta, phrases: app.phrases },
    { channelLimit: 1e6 },
  );
  await adapter.start();
  const { fill, choicesFor } = askingAt(() => fake);
  let answers = 0;
  const registered = () => fake.commands.get('global') as Registered[];

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
    world.check(wordsOf(shown), what, locale);
    expect([what, fake.problems]).toEqual([what, []]);
    answers += 1;
    return shown;
  }

  /** Everything that can be pressed below an answer, and below what then comes, each shape of it once. */
  async function pressAll(shown: Shown, who: Person, seen: Set<string>): Promise<void> {
    const parts = (shown.components ?? []).flatMap((row) => row.components ?? []);
    const ways = parts.flatMap(({ custom_id: id, options = [] }): [string, string[]?][] =>
      id === undefined ? [] : options.length === 0 ? [[id]] : options.map(({ value }) => [id, [value]]),
    );
    for (const [id, values] of ways) {
      const shape = shapeOf(values?.[0] ?? id);
      if (seen.has(shape)) continue;
      seen.add(shape);
      const press = fake.ask(3, pressed(id, values), who);
      const next = await look(press, `press ${values?.[0] ?? id}`, who.locale, id.startsWith('s:'));
      if (next.type === 9) await submit(next, who);
      else await pressAll(next, who, seen);
    }
  }

  /** A form is filled in, with what each field takes. */
  async function submit(form: Shown, who: Person): Promise<void> {
    const fields = (form.components ?? []).flatMap(({ component }) => (component ? [component] : []));
    const given = fields.map(({ custom_id: id = '', options }): [string, string | string[]] => {
      if (id === 'channel') return [id, [ids.text]];
      return [id, options ? [options[0]?.value ?? ''] : (samples[id] ?? 'Zagreb 1999')];
    });
    const permissions = (2n ** 40n - 1n).toString();
    const channel = { id: ids.text, type: 0, name: 'c', permissions, app_permissions: permissions };
    const resolved = { channels: { [ids.text]: channel } };
    const answer = await fill(form.custom_id ?? '', Object.fromEntries(given), who, resolved);
    world.check(wordsOf({ embeds: [answer] }), `submit ${form.custom_id}`, who.locale);
  }

  return {
    commands: async (who, whole) => {
      answers = 0;
      const seen = new Set<string>();
      const rights = { manager: who.as !== 'member', operator: who.as === 'operator' };
      for (const { name, options } of registered())
        for (const given of [{}, ...(whole ? options.map((option) => ({ [option.name]: sampleOf(option) })) : [])]) {
          const what = `/${name} ${JSON.stringify(given)}`;
          const shown = await look(fake.ask(2, { data: commandData(name, given) }, who), what, who.locale);
          if (shown.type === 9) await submit(shown, who);
          else await pressAll(shown, who, seen);
          const refusal = world.refusal(name, rights, who.locale);
          // A form refuses when it is sent.
          if (refusal !== null && shown.type !== 9)
            expect([what, wordsOf(shown)]).toEqual([what, expect.stringContaining(refusal)]);
        }
      world.expectTranslated();
      return answers;
    },
    typing: async (who) => {
      const completing = registered().flatMap(({ name, options }) =>
        options.filter((option) => option.autocomplete).map((option) => [name, option.name] as const),
      );
      for (const [name, option] of completing) {
        const choices = await choicesFor(name, option, 'con', who);
        expect([name, option, choices.length <= 25]).toEqual([name, option, true]);
      }
      return completing.length;
    },
    slowest: () => Math.max(...fake.interactions.all.map((one) => one.acknowledgedAfter ?? Number.POSITIVE_INFINITY)),
    close: async () => {
      await adapter.stop();
      await fake.close();
    },
  };
}
