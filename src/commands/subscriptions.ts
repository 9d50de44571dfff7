import type { Arguments, Asker, CommandOption, OptionChoice } from '../core/command.ts';
import { UserError } from '../core/errors.ts';
import type { Line } from '../core/message.ts';
import { pausedByManager, type Subscription } from '../core/subscription.ts';
import { countryChoices, textOf } from './arguments.ts';
import { pageOf, pageOption } from './pages.ts';
import { answer, sentence } from './replies.ts';
import type { Definition, Services } from './services.ts';
import { everything, subscriptionOptions, withChoices } from './subscription-options.ts';
import { describeSubscription } from './subscription-words.ts';

const onPage = 12;

/** As `/subscribe` takes them, and `all` for what is a list: no choice any more. */
const changeable: readonly CommandOption[] = subscriptionOptions.map((option) => ({
  ...option,
  positional: false,
  ...(option.many === true && option.choices
    ? { choices: [{ value: everything, label: everything }, ...option.choices] }
    : {}),
}));

/** `/subscriptions`: what this channel follows; `pause` and `resume` one by its number, or `change` any of its choices. */
export const subscriptions: Definition = {
  name: 'subscriptions',
  summary: 'List, pause, resume or change what this channel follows',
  access: 'anyone',
  slow: false,
  options: [
    { name: 'pause', summary: 'the number of one to pause', type: 'text' },
    { name: 'resume', summary: 'the number of one to resume', type: 'text' },
    { name: 'change', summary: 'the number of one to change, or all; with any of what follows', type: 'text' },
    ...changeable,
    pageOption,
  ],
  complete: (option, text, asker, services) =>
    option === 'country' ? Promise.resolve(countryChoices(text, services.countries)) : choices(services, asker),
  run: async (args, asker, services) => {
    await change(args, asker, services);
    const subscriptions = await services.subscriptions.forChannel(asker.channel);
    const items = subscriptions.map((subscription, index) => [
      `${index + 1}. ${describeSubscription(subscription, services.countries)}${subscription.status === 'paused' ? ` — paused: ${subscription.pausedBecause ?? ''}` : ''}`,
    ]);
    const paging = { size: onPage, asked: textOf(args, 'page'), command: '/subscriptions', opensAt: 'first' } as const;
    const { shown, words, actions, blocks } = pageOf(items, paging);
    const plain =
      items.length === 0 ? 'This channel follows nothing. /subscribe starts.' : `This channel follows ${items.length}:`;
    return answer(
      {
        title: 'Subscriptions',
        plain,
        blocks: [
          { kind: 'text', lines: [plain, words.trim()].filter(Boolean).map((line) => [line]) },
          { kind: 'list', items: shown },
          ...blocks,
        ],
        actions,
        tone: 'neutral',
      },
      { version: 1, subscriptions },
    );
  },
};

/** Carries out what was asked to be changed, if anything. */
async function change(args: Arguments, asker: Asker, services: Services): Promise<void> {
  const [pause, resume, which] = ['pause', 'resume', 'change'].map((name) => textOf(args, name));
  const chosen = changeable.filter(({ name }) => args[name] !== undefined);
  if (pause === undefined && resume === undefined && which === undefined && chosen.length === 0) return;
  if (!asker.manager && !asker.operator)
    throw new UserError('Only people who manage this channel may change what it follows.');
  if (which !== undefined && chosen.length === 0)
    throw new UserError(`Say what to change: ${changeable.map(({ name }) => `${name}:…`).join(', ')}.`);
  if (pause !== undefined)
    await services.subscriptions.update({
      ...(await pick(services, asker, pause)),
      status: 'paused',
      pausedBecause: pausedByManager,
    });
  if (resume !== undefined) {
    const paused = await pick(services, asker, resume);
    await services.resumeChannel(asker.channel);
    await services.subscriptions.update({ ...paused, status: 'active', pausedBecause: null });
  }
  if (chosen.length > 0) await changeChoices(which, args, asker, services);
  if (pause !== undefined || chosen.length > 0) await services.choiceChanged(asker.channel);
}

/** All or nothing: what cannot be read, or would make two alike, changes none. */
async function changeChoices(which: string | undefined, args: Arguments, asker: Asker, services: Services) {
  const mine = await services.subscriptions.forChannel(asker.channel);
  const onlyReminders = changeable.every(({ name }) => name === 'reminders' || args[name] === undefined);
  const every = which?.toLowerCase() === everything || (which === undefined && (onlyReminders || mine.length === 1));
  const targets = every ? mine : [await pick(services, asker, which ?? '')];
  if (targets.length === 0) throw new UserError('This channel follows nothing. /subscribe starts.');
  const changed = new Map(targets.map((one) => [one.id, withChoices(one, args, services)]));
  const words = mine.map((one) => describeSubscription(changed.get(one.id) ?? one, services.countries));
  const twice = words.find((each, index) => words.indexOf(each) !== index);
  if (twice !== undefined)
    throw new UserError(`This channel would follow ${twice} twice. /unsubscribe one of them first.`);
  for (const one of targets) {
    const after = changed.get(one.id) ?? one;
    await services.changeRhythm(one, after);
    await services.subscriptions.update(after);
  }
}

/** `/unsubscribe`: by number as `/subscriptions` counts, or `all`. */
export const unsubscribe: Definition = {
  name: 'unsubscribe',
  summary: 'Stop telling this channel',
  access: 'manager',
  slow: false,
  options: [{ name: 'which', summary: 'a number from /subscriptions, or all', type: 'text', positional: true }],
  complete: (_option, _text, asker, services) => choices(services, asker),
  run: async (args, asker, services) => {
    const mine = await services.subscriptions.forChannel(asker.channel);
    const which = textOf(args, 'which') ?? (mine.length === 1 ? '1' : '');
    const gone = which.toLowerCase() === 'all' ? mine : [await pick(services, asker, which)];
    for (const subscription of gone) await services.subscriptions.remove(subscription.id);
    await services.choiceChanged(asker.channel);
    const words = gone.map((subscription) => describeSubscription(subscription, services.countries));
    const [only = 'nothing'] = words;
    const plain = gone.length === 1 ? `Unsubscribed from ${only}.` : `Unsubscribed from all ${gone.length}.`;
    const told = sentence('Unsubscribed', gone.length === 0 ? 'This channel followed nothing.' : plain);
    const items = words.map((each): Line => [each]);
    return answer(gone.length > 1 ? { ...told, blocks: [...told.blocks, { kind: 'list', items }] } : told, {
      version: 1,
      removed: gone.map((subscription) => subscription.id),
    });
  },
};

async function pick(services: Services, asker: Asker, which: string): Promise<Subscription> {
  const mine = await services.subscriptions.forChannel(asker.channel);
  const chosen = mine.find((subscription, index) => subscription.id === which || String(index + 1) === which.trim());
  if (chosen) return chosen;
  if (mine.length === 0) throw new UserError('This channel follows nothing. /subscribe starts.');
  throw new UserError(`Say which: a number from 1 to ${mine.length}, as /subscriptions lists them, or all.`);
}

async function choices(services: Services, asker: Asker): Promise<readonly OptionChoice[]> {
  const mine = await services.subscriptions.forChannel(asker.channel);
  return mine.map((subscription) => ({
    value: subscription.id,
    label: describeSubscription(subscription, services.countries).slice(0, 100),
  }));
}
