import type { Command } from './core/command.ts';
import type { Countries } from './core/country.ts';
import type { Ledger, TimelineEvent } from './core/ledger.ts';
import type { Picture, Reply } from './core/message.ts';
import type { Clock, Log, StoryStore } from './core/ports.ts';
import type { Platform } from './core/subscription.ts';
import { stageAfter } from './ledger/deals.ts';
import { dayInWashington } from './lib/clock.ts';
import { banMap, recordFooter } from './pictures/ban-map.ts';
import { changeMap } from './pictures/change-map.ts';
import { coverage } from './pictures/coverage.ts';
import { dealsMap } from './pictures/deals-map.ts';
import { createGallery } from './pictures/gallery.ts';
import { type Namer, namesIn } from './pictures/names.ts';
import type { PictureSpec, Theme } from './pictures/spec.ts';
import { timelineChart } from './pictures/timeline-chart.ts';
import { createStudio, type Drawing } from './pictures/worker/studio.ts';

/** How a picture is to look. */
export interface Look {
  theme: Theme;
  locale: string;
}

export interface Pictures {
  /** What the pictures say, before they are drawn. `on` and `since` are days in Washington. */
  bans(on: string, since: string | undefined, look: Look): PictureSpec;
  deals(on: string, look: Look): PictureSpec;
  timeline(events: readonly TimelineEvent[], title: string, look: Look): PictureSpec;
  /** Rejects when it cannot be drawn. */
  draw(spec: PictureSpec, form: 'svg' | 'png'): Promise<Drawing>;
  /** The same command, its answers with pictures where the platform shows them. A picture that fails costs no answer. */
  illustrated(command: Command): Command;
  close(): Promise<void>;
}

interface Parts {
  ledger: Ledger;
  countries: Countries;
  stories: StoryStore;
  clock: Clock;
  log: Log;
  patienceMs?: number | undefined;
}

/** Platforms that show pictures; a terminal does not. */
const showing: ReadonlySet<Platform> = new Set<Platform>(['discord', 'slack']);
/** Light stands out on a dark page as a card, and sits well on a light one; every picture has its own ground. */
const chatTheme: Theme = 'light';
/** Fewer developments than this need no chart. */
const leastDevelopments = 3;

/** Joins the ledger's answers to what draws them. */
export function createPictures({ ledger, countries, stories, clock, log, patienceMs }: Parts): Pictures {
  const studio = createStudio();
  const gallery = createGallery({ studio, log, patienceMs });
  const today = (): string => dayInWashington(clock.now());
  const pictures: Omit<Pictures, 'illustrated' | 'close'> = {
    bans: (on, since, look) =>
      since === undefined
        ? banMap(ledger, countries, { on, ...look })
        : changeMap(ledger, countries, { on, since, ...look }),
    deals: (on, look) => dealsMap(ledger, countries, { on, ...look }, stageAfter),
    timeline: (events, title, look) => {
      const asked = { title, today: today(), footer: recordFooter(ledger, today()), ...look };
      return timelineChart(events, asked, labelWords(ledger, namesIn(look.locale, countries)));
    },
    draw: (spec, form) => studio.draw(spec, form),
  };

  /** The picture that goes with an answer, from the answer's own data; undefined where none does. */
  async function specFor(name: string, { data, message }: Reply, look: Look): Promise<PictureSpec | null> {
    const found = data as Partial<{
      on: string;
      known: string;
      counts: object;
      comparedWith: { on: string };
      events: readonly TimelineEvent[];
      deals: readonly unknown[];
      stories: readonly { id: string }[];
    }>;
    // The map is drawn from what is known now.
    if (name === 'ban-status' && found.known !== undefined) return null;
    if (name === 'ban-status' && found.counts && found.on) return pictures.bans(found.on, found.comparedWith?.on, look);
    if (name === 'timeline' && found.events && found.events.length >= leastDevelopments)
      return pictures.timeline(found.events, withoutFlag(message.title), look);
    if (name === 'deals' && found.deals && found.deals.length > 1) return pictures.deals(today(), look);
    const story = name === 'story' ? await stories.story(found.stories?.[0]?.id ?? '') : null;
    return story ? coverage(story, look) : null;
  }

  async function pictureFor(name: string, reply: Reply, look: Look): Promise<Picture | undefined> {
    if (reply.exitCode !== 0) return undefined;
    try {
      const spec = await specFor(name, reply, look);
      return spec === null ? undefined : await gallery.picture(spec);
    } catch (error) {
      log.warn({ err: error, command: name }, 'answer goes out without its picture');
      return undefined;
    }
  }

  return {
    ...pictures,
    illustrated: (command) => ({
      ...command,
      run: async (args, asker) => {
        const reply = await command.run(args, asker);
        if (!showing.has(asker.channel.platform)) return reply;
        const picture = await pictureFor(command.name, reply, { theme: chatTheme, locale: asker.locale });
        return picture === undefined ? reply : { ...reply, message: { ...reply.message, picture } };
      },
    }),
    close: () => studio.close(),
  };
}

/** What a country's matters are called, by the first part of their id. */
export const matterKinds: Readonly<Record<string, string>> = {
  ban: 'entry suspension',
  removals: 'third-country removals',
};

/** What charts call matters: by country, by case, or by the words of the measure's first development. */
function labelWords(ledger: Ledger, nameOf: Namer): Parameters<typeof timelineChart>[2] {
  return {
    country: nameOf,
    matter: (id, event) => {
      const [kind = '', name = ''] = id.split('/');
      if (/^[A-Z]{2}$/.test(name)) return `${nameOf(name)}: ${matterKinds[kind] ?? kind}`;
      if (kind === 'court') return ledger.courts(name)[0]?.name ?? name;
      return event?.title.replace(/( (announced|signed)|: .*)$/, '') ?? name.replaceAll('-', ' ');
    },
  };
}

/** Flags of countries are letters of no font. */
function withoutFlag(title: string): string {
  return title.replaceAll(/[\u{1F1E6}-\u{1F1FF}]+\s*/gu, '').trim();
}
