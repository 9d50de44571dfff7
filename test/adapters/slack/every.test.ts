import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/adapter.ts';
import type { App } from '../../../src/app.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import { openFullApp } from '../../fakes/full-app.ts';
import {
  buttonPress,
  formSubmission,
  homeOpened,
  pressInView,
  shortcut,
  slashCommand,
} from '../../fakes/slack/payloads.ts';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/server.ts';
import type { EnvelopeType } from '../../fakes/slack/sockets.ts';
import { type Listener, listenTo } from '../spoken.ts';
import { freePort, optionsFor, until } from './opened.ts';

type Payload = Readonly<Record<string, unknown>>;
const secret = 'a secret that signs';

/** What each field and option takes; dates, countries and choices take one that there is. */
const samples: Readonly<Record<string, string>> = {
  case: 'dvd-v-dhs',
  id: 's0',
  quiet: '22:00-07:00',
  at: '08:30',
  zone: 'Europe/Belgrade',
  languages: 'es',
  command: 'timeline',
};

/** All words of blocks, as somebody reads them. */
function wordsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string')
    return key === 'text'
      ? [
          value
            .replaceAll(/<https?:[^|>]*\|([^>]*)>/g, '$1')
            .replaceAll('&amp;', '&')
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>'),
        ]
      : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => wordsOf(part, name));
}

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

describe.each(['socket', 'http'] as const)('everything on Slack, by %s', (mode) => {
  let app: App;
  let slack: FakeSlack;
  let adapter: ChatAdapter;
  let heard: Listener;
  let port = 0;
  /** A channel takes a message a second: each question comes after the one before it. */
  let later = 0;
  beforeAll(async () => {
    app = await openFullApp();
    heard = listenTo(app);
    slack = await startFakeSlack(() => Date.now() + later);
    slack.scopes.add('users:read');
    for (const user of ['U-ES', 'UOP-ES']) slack.people.set(user, { locale: 'es-ES' });
    for (const [user, locale] of [
      ['UOP-FR', 'fr-FR'],
      ['U-PT', 'pt-BR'],
    ] as const)
      slack.people.set(user, { locale });
    port = await freePort();
    const { appToken, ...options } = optionsFor(slack, {
      runner: heard.runner,
      phrases: app.phrases,
      operators: ['UOP-ES', 'UOP-EN', 'UOP-FR'],
      managers: ['UMAN'],
    });
    adapter = createSlackAdapter(
      mode === 'socket'
        ? { ...options, ...(appToken ? { appToken } : {}) }
        : { ...options, signingSecret: secret, port },
    );
    await adapter.start();
  }, 60_000);
  afterAll(async () => {
    await adapter.stop();
    await slack.close();
    await app.close();
  });

  /** Gives what the acknowledgement said; it must come in time. */
  async function send(type: EnvelopeType, payload: Payload): Promise<unknown> {
    later += 1_100;
    if (mode === 'socket') {
      const envelope = slack.sockets.deliver(type, payload);
      await until(() => envelope.state !== 'waiting');
      return envelope.response;
    }
    const isEvent = type === 'events_api';
    const body = isEvent
      ? JSON.stringify(payload)
      : new URLSearchParams(
          type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>),
        ).toString();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
        connection: 'close',
      },
    });
    const text = await response.text();
    expect(response.status).toBe(200);
    return text === '' ? null : JSON.parse(text);
  }

  const localeOf = (user: string) => ({ ES: 'es', FR: 'fr', PT: 'pt' })[user.split('-')[1] ?? ''] ?? 'en';
  const left: string[] = [];

  function check(shown: Shown, what: string, user: string): Shown {
    const locale = localeOf(user);
    // What a picture shows is told in English as yet.
    const words = wordsOf(shown)
      .join('\n')
      .replaceAll(/^(Imagen|Picture): .*$/gm, '');
    const say = (english: string) => app.phrases.text(english, locale);
    const faults = [
      'Something went wrong on our side; the operator’s log has it.',
      'Shortened: the rest is in the sources.',
    ];
    expect([what, faults.map(say).filter((fault) => words.includes(fault))]).toEqual([what, []]);
    const wrong = [
      ...slack.responses.refused,
      ...slack.sockets.violations,
      ...slack.calls.flatMap((call) => call.violations),
    ];
    expect([what, wrong]).toEqual([what, []]);
    if (locale === 'es') left.push(...new Set(heard.ourEnglishIn(words).map((part) => `${what}: ${part}`)));
    return shown;
  }

  /** Sends, and gives the answer or the window that comes of it. */
  async function look(type: EnvelopeType, payload: Payload, what: string, user: string): Promise<Shown> {
    const [shown, modals] = [slack.responses.shown.length, slack.modals.length];
    await send(type, payload);
    await until(
      () => slack.responses.shown.length > shown || slack.modals.length > modals || slack.responses.refused.length > 0,
    );
    const view = slack.modals.length > modals ? slack.modals.at(-1) : slack.responses.shown.at(-1);
    return check(view as Shown, what, user);
  }

  async function submit(form: Shown, user: string): Promise<unknown> {
    const inputs = form.blocks.flatMap((block) =>
      block.element ? [[block.block_id ?? '', block.element] as const] : [],
    );
    const values = Object.fromEntries(inputs.map(([id, element]) => [id, { [element.action_id]: fieldOf(element) }]));
    const { callback_id: callback = '', private_metadata: about = '' } = form;
    const answer = await send('interactive', formSubmission(slack, callback, values, user, about));
    const { view, errors } = answer as { view?: Shown; errors?: Record<string, string> };
    check(view ?? { blocks: [], text: Object.values(errors ?? {}).join('\n') }, `submit ${callback}`, user);
    return answer;
  }

  const shapeOf = (value: string) =>
    value.replaceAll(/(?<=[ :"])[^ :"]*\d[^ :"]*/g, 'N').replaceAll(/ [A-Z]{2}\b/g, ' CC');

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

  const lines = () =>
    heard.runner.commands.flatMap(({ name, options }) => [
      name,
      ...options.map((option) => {
        const value =
          option.choices?.at(-1)?.value ??
          samples[option.name] ??
          { country: 'laos', date: '2025-07-01', text: '1', number: '1', flag: '', choice: '' }[option.type];
        return option.type === 'flag' ? `${name} ${option.name}` : `${name} ${option.name}:${value}`;
      }),
    ]);

  it.each(['UOP-EN', 'UOP-ES', 'U-ES', 'U-EN', 'UOP-FR', 'U-PT'])(
    'answers %s, in time and in their language, to every command, option, button and form',
    async (user) => {
      const seen = new Set<string>();
      const isWhole = /EN|ES/.test(user);
      for (const line of lines().filter((each) => isWhole || !each.includes(' '))) {
        const shown = await look('slash_commands', slashCommand(slack, '/borderwire', line, user), line, user);
        const [name = ''] = line.split(' ');
        const { access = 'anyone' } = heard.runner.commands.find((one) => one.name === name) ?? {};
        const rule =
          access === 'manager'
            ? 'is for people who manage this channel.'
            : 'is for this installation’s operators (settings.yaml, operators).';
        const isRight = access === 'anyone' || user.startsWith('UOP');
        expect([
          line,
          isRight ||
            wordsOf(shown)
              .join(' ')
              .includes(app.phrases.text(`/${name} ${rule}`, localeOf(user))),
        ]).toEqual([line, true]);
        if (shown.callback_id) await submit(shown, user);
        else await pressAll(shown, user, seen);
      }
      expect(left.splice(0)).toEqual([]);
    },
    120_000,
  );

  it.each(['UOP-ES', 'U-ES'])(
    'answers %s in App Home and to every shortcut',
    async (user) => {
      await send('events_api', homeOpened(slack, user));
      await until(() => slack.homes.has(user));
      const home = check(slack.homes.get(user) as Shown, 'home', user);
      expect(elementsOf(home).length).toBeGreaterThan(2);
      await pressAll(home, user, new Set(), true);
      for (const callback of ['borderwire_ask', 'borderwire_follow']) {
        const form = await look('interactive', shortcut(slack, callback, undefined, user), callback, user);
        const answer = JSON.stringify(await submit(form, user));
        const isRefused = callback === 'borderwire_follow' && user === 'U-ES';
        const refusal = app.phrases.text('/subscribe is for people who manage this channel.', 'es');
        expect([callback, answer.includes(refusal)]).toEqual([callback, isRefused]);
      }
      const message = { text: 'Zagreb, Laos: visas extended', ts: '1.1' };
      await look('interactive', shortcut(slack, 'borderwire_look_up', message, user), 'look up', user);
      expect(left.splice(0)).toEqual([]);
    },
    60_000,
  );
});
