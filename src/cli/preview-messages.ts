import type { App } from '../app.ts';
import { operatorsMessage } from '../app-operators.ts';
import { runRound } from '../app-run.ts';
import type { DemoScript } from '../config/demo.ts';
import type { ChatAdapter, OutboxRow } from '../core/delivery.ts';
import type { Message } from '../core/message.ts';
import { type Certainty, certainties } from '../core/reading.ts';
import { rollUpMessage } from '../core/roll-up.ts';
import { setUpMessage } from '../core/set-up-message.ts';
import type { Change } from '../core/story.ts';
import { storyMessage } from '../core/story-message.ts';
import { changeWords } from '../core/story-words.ts';
import { asLate } from '../delivery/adorn.ts';
import { digestMessage } from '../delivery/digest.ts';
import { pausedMessage } from '../delivery/pause.ts';
import { comingEvents } from '../ledger/coming.ts';
import { reminderMessage } from '../ledger/reminders.ts';
import type { SteppedClock } from '../lib/stepped-clock.ts';
import { consoleAsker } from './app-session.ts';

/** One message as people meet it, with what would be typed for it. */
export interface Sample {
  group: 'alerts' | 'answers' | 'managing';
  /** Short and unique: `alert-official`. */
  id: string;
  title: string;
  message: Message;
  /** The command that asks for it; such answers can be shared. */
  line?: string;
  /** What comes as a file, or as code where files are not sent. */
  file?: string;
}

const minute = 60_000;
const day = 86_400_000;

const asked: readonly (readonly [Sample['group'], string, string, string])[] = [
  ['answers', 'ban-status', 'An answer about a country', '/ban-status laos'],
  ['answers', 'ban-list', 'The lists', '/ban-status'],
  ['answers', 'timeline', 'A timeline', '/timeline rwanda'],
  ['answers', 'deals', 'Deals', '/deals'],
  ['answers', 'deal', 'One deal', '/deals eswatini'],
  ['answers', 'courts', 'Court cases', '/courts'],
  ['answers', 'court', 'One case', '/courts dvd'],
  ['answers', 'latest', 'Newest stories', '/latest'],
  ['answers', 'search', 'A search', '/search deportees'],
  ['answers', 'since', 'What was missed', '/since 30d'],
  ['answers', 'file', 'A timeline for machines', '/timeline laos format:csv'],
  ['answers', 'which', 'A name that fits several countries', '/ban-status congo'],
  ['managing', 'subscribe', 'A subscription', '/subscribe rwanda certainty:confirmed quiet:22:00-07:00'],
  ['managing', 'subscriptions', 'Subscriptions', '/subscriptions'],
  ['managing', 'sources', 'Sources', '/sources'],
  ['managing', 'deliveries', 'Deliveries, for operators', '/deliveries'],
  ['managing', 'review', 'What waits for review', '/review'],
  ['managing', 'report', 'A report of an error', '/report "the date is wrong" answer-to:"ban-status LA"'],
  ['managing', 'unsubscribe', 'Nothing followed any more', '/unsubscribe'],
  ['managing', 'help', 'Help', '/help'],
  ['managing', 'error', 'An error, with a way out', '/ban-status atlantis'],
];

/**
 * Plays the sample feeds through the whole program and asks every question, in one language: each kind of message as
 * it is sent. `publish` changes the feeds as `demo` does.
 */
export async function previewMessages(
  app: App,
  {
    script,
    clock,
    publish,
    locale,
  }: {
    script: DemoScript;
    clock: SteppedClock;
    publish: (items: DemoScript['steps'][number]['items'], at: string) => void;
    locale: string;
  },
): Promise<readonly Sample[]> {
  const rows: OutboxRow[] = [];
  const adapter = collector(rows);
  await app.dispatcher.line('/subscribe', consoleAsker);
  for (const step of script.steps) {
    clock.moveTo(Date.parse(step.at));
    publish(step.items, step.at);
    for (const wait of [0, 5 * minute]) {
      clock.moveTo(Date.parse(step.at) + wait);
      await runRound(app, { adapters: [adapter], signal: new AbortController().signal });
    }
  }
  const told = await tellings(app, rows, clock.now());
  clock.moveTo(Date.now());
  const answers: Sample[] = [];
  const [story] = await app.store.stories.latest({}, 1);
  const questions = [...asked, ...(story ? [['answers', 'story', 'One story', `/story ${story.id}`] as const] : [])];
  for (const [group, id, title, line] of questions) {
    const { message, file } = await app.dispatcher.line(line, { ...chatAsker, locale });
    answers.push({ group, id, title, message, line, ...(file ? { file: file.text } : {}) });
  }
  return [...told, ...answers, ...notices(answers)];
}

/** What nobody asked for: what is posted when a channel is set up, or can be no more, and what operators hear. */
function notices(answers: readonly Sample[]): readonly Sample[] {
  const subscribed = answers.find(({ id }) => id === 'subscribe')?.message.plain ?? '';
  const listed: readonly (readonly [string, string, Message])[] = [
    ['set-up', 'A test, where it was subscribed', setUpMessage(subscribed, (english) => english)],
    ['paused', 'To whoever subscribed a channel', pausedMessage('discord', '123456', 'the channel was deleted')],
    [
      'operators',
      'To operators',
      operatorsMessage([
        'Harbour Wire has not answered for 6 hours. Look at its address with /sources.',
        'Nobody knows whether “Rwanda agrees to take deportees” arrived in slack/C123. Look there, then retry or drop it.',
      ]),
    ],
  ];
  return listed.map(([id, title, message]) => ({ group: 'managing', id, title, message }));
}

/** Asks where pictures are shown. */
const chatAsker = { ...consoleAsker, channel: { ...consoleAsker.channel, platform: 'discord' as const } };

/** A console that keeps what is sent. */
function collector(rows: OutboxRow[]): ChatAdapter {
  return {
    platform: 'console',
    capabilities: { edits: true, threads: true, idempotencyWindowMs: 0, history: false, maxMessageCharacters: 6000 },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    send: (row) => {
      rows.push(row);
      return Promise.resolve({ kind: 'sent', messageId: row.id });
    },
  };
}

/** Alerts of each certainty, and every later telling. */
async function tellings(app: App, rows: readonly OutboxRow[], now: number): Promise<readonly Sample[]> {
  const { countries } = app;
  const stories = await app.store.stories.latest({}, 20);
  const [first] = stories;
  const samples: Sample[] = [];
  const add = (id: string, title: string, message: Message | undefined) => {
    if (message) samples.push({ group: 'alerts', id, title, message });
  };
  const withCertainty = (certainty: Certainty) =>
    stories.find((story) => story.certainty === certainty && !story.disputed) ?? (first && { ...first, certainty });
  for (const certainty of certainties) {
    const story = withCertainty(certainty);
    add(`alert-${certainty}`, `An alert: ${certainty}`, story && storyMessage(story, { kind: 'alert', countries }));
  }
  const updates = rows.filter((row) => row.action === 'thread').map(({ message }) => message);
  const saying = (change: Change) => updates.find((message) => JSON.stringify(message).includes(changeWords[change]));
  add('update', 'An update, as a thread reply', updates[0]);
  add('correction', 'A correction', saying('correction'));
  add('denial', 'A denial', saying('denial'));
  add(
    'retraction',
    'A story that was taken back',
    first && storyMessage({ ...first, changes: ['retraction'] }, { kind: 'update', countries }),
  );
  const post = rows.find((row) => row.action === 'post')?.message;
  add('catch-up', 'Told late', post && asLate(post, new Date(now - day).toISOString()));
  const rolled = stories.slice(0, 4).map((story) => ({
    subject: story.id,
    message: storyMessage(story, { kind: 'alert', countries }),
  }));
  add('burst', 'Many at once', rollUpMessage('burst', rolled));
  add('late-together', 'Told late together', rollUpMessage('catch-up', rolled));
  const today = new Date(now).toISOString().slice(0, 10);
  const [coming] = comingEvents(app.record.data(), countries, today);
  add('reminder', 'A reminder', coming && reminderMessage(coming, today));
  add('digest', 'A daily digest', digestMessage(stories, { from: now - day, to: now }));
  return samples;
}
