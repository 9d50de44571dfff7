import type { App } from '../../src/app.ts';
import type { CommandRunner } from '../../src/core/command.ts';
import type { Reply } from '../../src/core/message.ts';
import { data as record } from '../ledger/shipped.ts';

/** Words that no sentence in English does without, and that are no words of Spanish, French or Portuguese. */
const english =
  /(?<![\p{L}\p{N}-])(the|of|is|are|was|were|and|this|that|with|for|from|not|who|which|has|have|been|to|by|until|since|it|they|than|before|after)(?![\p{L}\p{N}:-])/iu;

/** Beside facts, answers as data hold sentences of ours. */
const ours = new Set(['error', 'message', 'remedy', 'why']);

function stringsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return ours.has(key) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => stringsIn(part, name));
}

/** As it is shown: whole, without its last stop, or without a last remark in brackets. */
function variants(fact: string): string[] {
  const bare = fact.replace(/\.$/, '');
  return [fact, bare, bare.replace(/ \([^()]*\)$/, '')];
}

export interface Listener {
  runner: CommandRunner;
  /** Our own English that stands in a text: titles, quotations and the record's own words are not ours. */
  ourEnglishIn(text: string): string[];
}

/** Hears what commands answer as data: whatever stands there is a fact and not our phrase. */
export function listenTo(app: App): Listener {
  const facts = new Set<string>();
  const learn = (value: unknown) => {
    for (const fact of stringsIn(value).flatMap(variants))
      if (english.test(fact)) facts.add(fact.replaceAll(/\s+/g, ' '));
  };
  learn(record);
  const heard = (reply: Reply): Reply => {
    learn(reply.data);
    return reply;
  };
  const { dispatcher } = app;
  return {
    runner: {
      commands: dispatcher.commands,
      line: async (line, asker) => heard(await dispatcher.line(line, asker)),
      call: async (name, args, asker) => heard(await dispatcher.call(name, args, asker)),
    },
    ourEnglishIn: (text) => {
      const known = [...facts].toSorted((a, b) => b.length - a.length);
      const left = known.reduce((rest, fact) => rest.replaceAll(fact, '◆'), text);
      return (
        left
          .split(/\n|[;:] |\. /)
          .filter((part) => !isPartOf(part, known))
          // Options are called the same in every language, and so is what is typed.
          .map((part) =>
            part
              .replace(/^[-•*\s]*(since|until)\W*$/, '')
              .replaceAll(/\b(since|until) \(/g, '')
              .replaceAll(/\/[a-z-]+ .*/g, ''),
          )
          .filter((part) => english.test(part))
      );
    },
  };
}

/** What was cut stands in a fact as far as it goes. */
function isPartOf(part: string, known: readonly string[]): boolean {
  const [start = ''] = part.replace(/^[-•◆*\s]+/, '').split(/…|◆/);
  return start.trim().length > 12 && known.some((fact) => fact.includes(start.trim()));
}
