import { expect } from 'vitest';
import type { App, AppOptions } from '../../src/app.ts';
import type { CommandRunner } from '../../src/core/command.ts';
import { openFullApp } from '../fakes/full-app.ts';
import { listenTo } from './spoken.ts';

/** What each option takes; dates, choices and countries take one that there is. */
export const samples: Readonly<Record<string, string>> = {
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

/** The same but for the names and numbers in it: `/story ID page:N`. */
export function shapeOf(line: string): string {
  return line.replaceAll(/(?<=[ :"])[^ :"]*\d[^ :"]*/g, 'N').replaceAll(/ [A-Z]{2}\b/g, ' CC');
}

export interface Rights {
  manager: boolean;
  operator: boolean;
}

/** The whole program, as every platform’s walk through all of it meets it. */
export interface World {
  app: App;
  runner: CommandRunner;
  /** The words of an answer tell of no fault of ours, and of nothing cut; in Spanish they are Spanish. */
  check(words: string, what: string, locale: string): void;
  /** How somebody with these rights is refused a command; null when it is theirs. */
  refusal(command: string, rights: Rights, locale: string): string | null;
  /** Fails when anything that was checked was not told in the language asked in. */
  expectTranslated(): void;
}

export async function openWorld(options: AppOptions = {}): Promise<World> {
  const app = await openFullApp(options);
  const heard = listenTo(app);
  const { runner } = heard;
  const left: string[] = [];
  return {
    app,
    runner,
    check: (words, what, locale) => {
      const faults = [
        'Something went wrong on our side; the operator’s log has it.',
        'Shortened: the rest is in the sources.',
      ].map((fault) => app.phrases.text(fault, locale));
      expect([what, faults.filter((fault) => words.includes(fault))]).toEqual([what, []]);
      if (!locale.startsWith('en')) left.push(...new Set(heard.ourEnglishIn(words).map((part) => `${what}: ${part}`)));
    },
    refusal: (command, { manager, operator }, locale) => {
      const { access = 'anyone' } = runner.commands.find(({ name }) => name === command) ?? {};
      if (access === 'anyone' || operator || (access === 'manager' && manager)) return null;
      const rule =
        access === 'manager'
          ? 'is for people who manage this channel.'
          : 'is for this installation’s operators (settings.yaml, operators).';
      return app.phrases.text(`/${command} ${rule}`, locale);
    },
    expectTranslated: () => expect(left.splice(0)).toEqual([]),
  };
}
