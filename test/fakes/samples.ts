import type { Article } from '../../src/core/article.ts';
import type { OutboxDraft } from '../../src/core/delivery.ts';
import type { Message } from '../../src/core/message.ts';
import type { Reading } from '../../src/core/reading.ts';
import type { EntryDraft, SourceConfig, SourceState } from '../../src/core/source-ports.ts';
import type { Story, StoryMember } from '../../src/core/story.ts';
import { type Channel, newSubscription, type Subscription } from '../../src/core/subscription.ts';

export const noon = '2026-03-02T12:00:00.000Z';

/** The instant that many seconds after `noon`. */
export function after(seconds: number): string {
  return new Date(Date.parse(noon) + seconds * 1_000).toISOString();
}

export function channel(id: string, platform: Channel['platform'] = 'discord'): Channel {
  return { platform, workspace: 'w1', id };
}

export function message(title: string): Message {
  return { title, plain: title, blocks: [{ kind: 'text', lines: [[`About ${title}.`]] }] };
}

export function draft(overrides: Partial<OutboxDraft> = {}): OutboxDraft {
  return {
    channel: channel('c1'),
    kind: 'story',
    subject: 's1',
    revision: 1,
    action: 'post',
    message: message('first'),
    notBefore: noon,
    late: false,
    ...overrides,
  };
}

export function source(id: string, overrides: Partial<SourceConfig> = {}): SourceConfig {
  return {
    id,
    name: id,
    url: `https://example.org/${id}`,
    format: 'feed',
    kind: 'news',
    publisher: 'The Example',
    language: 'en',
    enabled: true,
    note: 'for tests',
    ...overrides,
  };
}

export function sourceState(id: string, overrides: Partial<SourceState> = {}): SourceState {
  return {
    id,
    movedTo: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    firstPolledAt: noon,
    lastPolledAt: noon,
    lastSuccessAt: noon,
    nextPollAt: after(600),
    failures: 0,
    error: null,
    memory: {},
    paused: false,
    ...overrides,
  };
}

export function entry(name: string, content = name): EntryDraft {
  return {
    keys: [`g:${name}`, `u:${name}`],
    contentHash: `hash of ${content}`,
    item: {
      id: name,
      title: content,
      link: `https://example.org/${name}`,
      publishedAt: noon,
      updatedAt: null,
      author: null,
      summary: null,
      content: null,
    },
  };
}

export function reading(overrides: Partial<Reading> = {}): Reading {
  return {
    relevant: true,
    relevance: 'names an entry suspension',
    topics: ['travel-ban'],
    form: 'news',
    countries: { banned: ['LA'], receiving: [], nationality: [], mentioned: [] },
    matters: [{ id: 'ban/LA', stage: 'announced', countries: ['LA'] }],
    stage: 'announced',
    certainty: 'reported',
    originators: [{ name: 'Example Wire', evidence: 'told Example Wire' }],
    earlier: [],
    comments: [],
    claims: [],
    quantities: [],
    ordinals: [],
    courts: [],
    cases: [],
    instruments: [],
    tier: null,
    eventDate: null,
    effectiveDate: null,
    correction: null,
    ...overrides,
  };
}

export function article(id: string, overrides: Partial<Article> = {}): Article {
  const text = `${id} tells of it. It tells more.\n\nThe end.`;
  return {
    id,
    url: `https://example.org/${id}`,
    canonicalUrl: `https://example.org/${id}`,
    publisher: 'The Example',
    publisherFamily: 'example',
    sourceId: 'a',
    sourceKind: 'news',
    title: `Title of ${id}`,
    text,
    sentences: [
      { text: `${id} tells of it.`, paragraph: 0 },
      { text: 'It tells more.', paragraph: 0 },
      { text: 'The end.', paragraph: 1 },
    ],
    language: 'en',
    publishedAt: noon,
    dated: 'told',
    arrivedAt: noon,
    byline: null,
    dateline: null,
    ...overrides,
  };
}

export function member(articleId: string, overrides: Partial<StoryMember> = {}): StoryMember {
  return {
    articleId,
    publisher: 'The Example',
    url: `https://example.org/${articleId}`,
    title: `Title of ${articleId}`,
    published: noon,
    form: 'news',
    part: 'evidence',
    reading: reading(),
    joined: { how: 'opened', score: 1, reasons: ['the first to tell it'] },
    ...overrides,
  };
}

export function story(id: string, overrides: Partial<Story> = {}): Story {
  return {
    id,
    revision: 1,
    mergedInto: null,
    headline: `Headline of ${id}`,
    summary: `Summary of ${id}.`,
    unknown: '',
    date: '2026-03-02',
    certainty: 'reported',
    disputed: false,
    stage: 'announced',
    topics: ['travel-ban'],
    matters: [{ id: 'ban/LA', stage: 'announced', countries: ['LA'] }],
    countries: { banned: ['LA'], receiving: [], nationality: [], mentioned: [] },
    members: [member(`${id}-a1`)],
    originators: [{ name: 'Example Wire', evidence: 'told Example Wire' }],
    outlets: ['example'],
    earlier: [],
    comments: [],
    conflicts: [],
    follows: [],
    openedAt: noon,
    updatedAt: noon,
    changes: ['opened'],
    ...overrides,
  };
}

export function subscription(id: string, overrides: Partial<Subscription> = {}): Subscription {
  return newSubscription({ id, channel: channel('c1'), createdBy: 'u1', createdAt: noon, ...overrides });
}
