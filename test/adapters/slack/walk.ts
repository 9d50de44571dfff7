import { expect } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/adapter.ts';
import { slashNames } from '../../../src/adapters/slack/slash-text.ts';
import { createSlashWords } from '../../../src/adapters/slack/slash-words.ts';
import {
  buttonPress,
  formSubmission,
  homeOpened,
  pressInView,
  shortcut,
  slashCommand,
} from '../../fakes/slack/payloads.ts';
import { startFakeSlack } from '../../fakes/slack/server.ts';
import type { EnvelopeType } from '../../fakes/slack/sockets.ts';
import { type Mode, openWay } from '../../fakes/slack/ways.ts';
import { samples, shapeOf, type World } from '../world.ts';
import { optionsFor, until } from './opened.ts';

interface Element {
  type: string;
  action_id: string;
  value?: string;
  options?: { value: string }[];
}
interface Shown {
  text?: string;
  callback_id?: string;
  private_metadata?: string;
  blocks: readonly { type: string; block_id?: string; elements?: Element[]; element?: Element }[];
}

/** All words of blocks, as somebody reads them. */
function wordsOf(value: unknown): string {
  return stringsOf(value)
    .join('\n')
    .replaceAll(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

function stringsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return key === 'text' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => stringsOf(part, name));
}

const elementsOf = ({ blocks }: Shown) =>
  blocks.flatMap((block) => (block.type === 'actions' ? (block.elements ?? []) : []));

function fieldOf({ type, action_id: name, options = [] }: Element): object {
  const first = { value: options[0]?.value ?? 'LA' };
  if (type === 'conversations_select') return { type, selected_conversation: 'C7' };
  if (type === 'datepicker')
    return { type, selected_date: { since: '2025-01-01', known: '2026-03-01' }[name] ?? '2026-07-01' };
  if (type.startsWith('multi_') || type === 'checkboxes') return { type, selected_options: [first] };
  return type.endsWith('select') ? { type, selected_option: first } : { type, value: samples[name] ?? '1' };
}

/** People are called by what they are and what they speak: UOP- an operator, UMAN- a manager, U- neither. */
const people = ['UOP', 'UMAN', 'U'].flatMap((role) =>
  ['EN', 'ES', 'FR', 'PT'].map((language) => `${role}-${language}`),
);
const locales: Readonly<Record<string, string>> = { ES: 'es-ES', FR: 'fr-FR', PT: 'pt-BR' };
const languageOf = (user: string) => locales[user.split('-')[1] ?? '']?.slice(0, 2) ?? 'en';
const rightsOf = (user: string) => ({ operator: user.startsWith('UOP'), manager: /^U(OP|MAN)/.test(user) });

export interface SlackWalk {
  /** Every command, with each of its options when `whole`, and all that can then be pressed and entered; how many answers. */
  commands(user: string, whole: boolean): Promise<number>;
  /** The same for App Home and the shortcuts. */
  home(user: string): Promise<number>;
  /** Milliseconds of the slowest acknowledgement. */
  slowest(): number;
  close(): Promise<void>;
}

/** A fake Slack at which everything is done that can be done there. `patienceMs`: how long an answer is waited for. */
export async function openSlackWalk(
  { app, runner, ...world }: World,
  mode: Mode,
  patienceMs = 10_000,
): Promise<SlackWalk> {
  /** A channel takes a message a second: each question comes after the one before it. */
  let later = 0;
  let answers = 0;
  let slowest = 0;
  const slack = await startFakeSlack(() => Date.now() + later);
  slack.scopes.add('users:read');
  for (const user of people) slack.people.set(user, { locale: locales[user.split('-')[1] ?? ''] ?? 'en-US' });
  const way = await openWay(slack, mode);
  const adapter = createSlackAdapter(
    optionsFor(slack, {
      runner,
      phrases: app.phrases,
      operators: people.filter((user) => rightsOf(user).operator),
      managers: people.filter((user) => rightsOf(user).manager),
      ...way.options,
    }),
  );
  await adapter.start();

  /** As it is typed at Slack. */
  function refusal(command: string, user: string): string | null {
    const said = world.refusal(command, rightsOf(user), languageOf(user));
    return said && createSlashWords(runner.commands, slashNames).text(said);
  }

  async function send(type: EnvelopeType, payload: Readonly<Record<string, unknown>>): Promise<unknown> {
    later += 1_100;
    const sentAt = Date.now();
    const response = await way.send(type, payload);
    slowest = Math.max(slowest, Date.now() - sentAt);
    return response;
  }

  function check(shown: Shown, what: string, user: string): Shown {
    world.check(wordsOf(shown), what, languageOf(user));
    const wrong = [
      ...slack.responses.refused,
      ...slack.sockets.violations,
      ...slack.calls.flatMap((call) => call.violations),
    ];
    expect([what, wrong]).toEqual([what, []]);
    answers += 1;
    return shown;
  }

  /** Sends, and gives the answer or the window that comes of it. */
  async function look(
    type: EnvelopeType,
    payload: Readonly<Record<string, unknown>>,
    what: string,
    user: string,
  ): Promise<Shown> {
    const { responses, modals } = slack;
    const [shown, opened] = [responses.shown.length, modals.length];
    await send(type, payload);
    await until(
      () => responses.shown.length > shown || modals.length > opened || responses.refused.length > 0,
      patienceMs,
    );
    const view = modals.length > opened ? modals.at(-1) : responses.shown.at(-1);
    return check(view as Shown, what, user);
  }

  /** Gives what stands in the form’s place, or beside its fields. */
  async function submit(form: Shown, user: string): Promise<Shown> {
    const inputs = form.blocks.flatMap((block) =>
      block.element ? [[block.block_id ?? '', block.element] as const] : [],
    );
    const values = Object.fromEntries(inputs.map(([id, element]) => [id, { [element.action_id]: fieldOf(element) }]));
    const { callback_id: callback = '', private_metadata: about = '' } = form;
    const answer = await send('interactive', formSubmission(slack, callback, values, user, about));
    const { view, errors = {} } = answer as { view?: Shown; errors?: Record<string, string> };
    return check(view ?? { blocks: [], text: Object.values(errors).join('\n') }, `submit ${callback}`, user);
  }

  async function pressAll(shown: Shown, user: string, seen: Set<string>, inHome = false): Promise<void> {
    for (const { action_id: id, value = '' } of elementsOf(shown)) {
      const shape = shapeOf(`${id.replace(/:\d+$/, '')} ${value} ${inHome}`);
      if (seen.has(shape) || id.startsWith('link:')) continue;
      seen.add(shape);
      const action = { action_id: id, value };
      const press = inHome
        ? pressInView(slack, action, { id: 'VH', type: 'home' }, user)
        : buttonPress(slack, action, user);
      const next = await look('interactive', press, `press ${value}`, user);
      if (next.callback_id) await submit(next, user);
      else if (!inHome) await pressAll(next, user, seen);
    }
  }

  function lines(whole: boolean): readonly (readonly [name: string, line: string])[] {
    return runner.commands.flatMap(({ name, options }) => [
      [name, name] as const,
      ...(whole ? options : []).map(({ name: option, type, choices }) => {
        const usual = { country: 'laos', date: '2025-07-01', text: '1', number: '1', flag: '', choice: '' }[type];
        const value = choices?.at(-1)?.value ?? samples[option] ?? usual;
        return [name, type === 'flag' ? `${name} ${option}` : `${name} ${option}:${value}`] as const;
      }),
    ]);
  }

  return {
    commands: async (user, whole) => {
      answers = 0;
      const seen = new Set<string>();
      for (const [name, line] of lines(whole)) {
        const shown = await look('slash_commands', slashCommand(slack, '/borderwire', line, user), line, user);
        const refused = refusal(name, user);
        if (refused !== null) expect([line, wordsOf(shown)]).toEqual([line, expect.stringContaining(refused)]);
        if (shown.callback_id) await submit(shown, user);
        else await pressAll(shown, user, seen);
      }
      world.expectTranslated();
      return answers;
    },
    home: async (user) => {
      answers = 0;
      slack.homes.delete(user);
      await send('events_api', homeOpened(slack, user));
      await until(() => slack.homes.has(user), patienceMs);
      const home = check(slack.homes.get(user) as Shown, 'home', user);
      expect(elementsOf(home).length).toBeGreaterThan(2);
      await pressAll(home, user, new Set(), true);
      for (const [callback, command] of [
        ['borderwire_ask', 'ban-status'],
        ['borderwire_follow', 'subscribe'],
      ] as const) {
        const form = await look('interactive', shortcut(slack, callback, undefined, user), callback, user);
        const answer = wordsOf(await submit(form, user));
        const refused = refusal(command, user);
        if (refused !== null) expect([callback, answer]).toEqual([callback, expect.stringContaining(refused)]);
      }
      const message = { text: 'Zagreb, Laos: visas extended', ts: '1.1' };
      await look('interactive', shortcut(slack, 'borderwire_look_up', message, user), 'look up', user);
      world.expectTranslated();
      return answers;
    },
    slowest: () => slowest,
    close: async () => {
      await adapter.stop();
      await way.close();
      await slack.close();
    },
  };
}
