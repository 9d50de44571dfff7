import type { Arguments, Asker, OptionChoice } from '../core/command.ts';
import { UserError } from '../core/errors.ts';
import { pausedByManager, type Subscription } from '../core/subscription.ts';
import { textOf } from './arguments.ts';
import { answer, sentence } from './replies.ts';
import type { Definition, Services } from './services.ts';
import { describeSubscription } from './subscription-words.ts';

/** `/subscriptions`: what this channel follows; `pause`, `resume` with a number; `reminders` on or off. */
export const subscriptions: Definition = {
  name: 'subscriptions',
  summary: 'List, pause, resume or change what this channel follows',
  access: 'anyone',
  slow: false,
  options: [
    { name: 'pause', summary: 'the number of one to pause', type: 'text' },
    { name: 'resume', summary: 'the number of one to resume', type: 'text' },
    { name: 'change', summary: 'the number of one to change (all when left out)', type: 'text' },
    {
      name: 'reminders',
      summary: 'on or off: told 7 days and 1 day before what is to come',
      type: 'choice',
      choices: ['on', 'off'].map((value) => ({ value, label: value })),
    },
  ],
  complete: (_option, _text, asker, services) => choices(services, asker),
  run: async (args, asker, services) => {
    await change(args, asker, services);
    const subscriptions = await services.subscriptions.forChannel(asker.channel);
    const items = subscriptions.map((subscription, index) => [
      `${index + 1}. ${describeSubscription(subscription, services.countries)}${subscription.status === 'paused' ? ` — paused: ${subscription.pausedBecause ?? ''}` : ''}`,
    ]);
    const plain =
      items.length === 0 ? 'This channel follows nothing. /subscribe starts.' : `This channel follows ${items.length}:`;
    return answer(
      {
        title: 'Subscriptions',
        plain,
        blocks: [
          { kind: 'text', lines: [[plain]] },
          { kind: 'list', items },
        ],
        tone: 'neutral',
      },
      { version: 1, subscriptions },
    );
  },
};

/** Carries out what was asked to be changed, if anything. */
async function change(args: Arguments, asker: Asker, services: Services): Promise<void> {
  const [pause, resume, which, reminders] = ['pause', 'resume', 'change', 'reminders'].map((name) =>
    textOf(args, name),
  );
  if ([pause, resume, which, reminders].every((each) => each === undefined)) return;
  if (!asker.manager && !asker.operator)
    throw new UserError('Only people who manage this channel may change what it follows.');
  if (which !== undefined && reminders === undefined)
    throw new UserError(
      'Say what to change: reminders:on or reminders:off. To change more, /unsubscribe and /subscribe.',
    );
  const update = (one: Subscription): Promise<void> => services.subscriptions.update(one);
  if (pause !== undefined)
    await update({
      ...(await pick(services, asker, pause)),
      status: 'paused',
      pausedBecause: pausedByManager,
    });
  if (resume !== undefined) {
    const chosen = await pick(services, asker, resume);
    await services.resumeChannel(asker.channel);
    await update({ ...chosen, status: 'active', pausedBecause: null });
  }
  if (reminders === undefined) return;
  const chosen =
    which === undefined || which.toLowerCase() === 'all'
      ? await services.subscriptions.forChannel(asker.channel)
      : [await pick(services, asker, which)];
  if (chosen.length === 0) throw new UserError('This channel follows nothing. /subscribe starts.');
  for (const { reminders: _, ...one } of chosen) await update(reminders === 'on' ? { ...one, reminders: true } : one);
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
    const words = gone.map((subscription) => describeSubscription(subscription, services.countries)).join(' and ');
    return answer(
      sentence('Unsubscribed', gone.length === 0 ? 'This channel followed nothing.' : `Unsubscribed from ${words}.`),
      {
        version: 1,
        removed: gone.map((subscription) => subscription.id),
      },
    );
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
