import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/core/command.ts';
import { readArguments, splitLine } from '../../src/core/command-line.ts';
import { UserError } from '../../src/core/errors.ts';

const command: Command = {
  name: 'timeline',
  summary: '',
  access: 'anyone',
  slow: false,
  options: [
    { name: 'country', summary: 'a country', type: 'country', positional: true },
    { name: 'since', summary: 'a date', type: 'date' },
    {
      name: 'topic',
      summary: 'a topic',
      type: 'choice',
      many: true,
      choices: [
        { value: 'court', label: 'Court' },
        { value: 'travel-ban', label: 'Ban' },
      ],
    },
    { name: 'all', summary: 'everything', type: 'flag' },
  ],
  run: () => Promise.reject(new Error('not run here')),
};

const read = (line: string) => readArguments(command, splitLine(line)?.words ?? []);

describe('reading a typed command', () => {
  it.each([
    ['/timeline', {}],
    ['/timeline serbia', { country: 'serbia' }],
    ['/timeline serbia since april 2025', { country: 'serbia', since: 'april 2025' }],
    ['/timeline country:serbia since:2025-04', { country: 'serbia', since: '2025-04' }],
    ['/timeline --since=2025 bosnia', { since: '2025 bosnia' }],
    ['/timeline sierra leone topic:court,travel-ban', { country: 'sierra leone', topic: ['court', 'travel-ban'] }],
    ['/timeline “sierra leone” since “april 2025”', { country: 'sierra leone', since: 'april 2025' }],
    ['/timeline ‘sierra leone’ since:‘april 2025’', { country: 'sierra leone', since: 'april 2025' }],
    ["/timeline 'laos' topic:'court, travel-ban'", { country: 'laos', topic: ['court', 'travel-ban'] }],
    ['/timeline côte d’ivoire since ’25', { country: "côte d'ivoire", since: "'25" }],
    ['/timeline Laos TOPIC:Court,Travel-Ban', { country: 'Laos', topic: ['court', 'travel-ban'] }],
    ['/timeline topic:court sierra leone', { country: 'sierra leone', topic: ['court'] }],
    ['/timeline topic court, travel-ban laos', { country: 'laos', topic: ['court', 'travel-ban'] }],
    ['/timeline all laos', { all: 'yes', country: 'laos' }],
    ['/timeline since:"april 2025" laos', { since: 'april 2025 laos' }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it.each([
    ['/timeline from:2025', /no option “from”.*Usage/],
    ['/timeline laos since', /since needs a value/],
    ['/timeline topic:sport', /cannot be “sport”.*court, travel-ban/],
  ])('%s is refused with the way out', (line, told) => {
    expect(() => read(line)).toThrow(UserError);
    expect(() => read(line)).toThrow(told);
  });

  it('takes a name with or without its slash, in any case, and nothing from nothing', () => {
    expect(splitLine('  /Ban-Status Laos ')).toEqual({ name: 'ban-status', words: ['Laos'] });
    expect(splitLine('help')).toEqual({ name: 'help', words: [] });
    expect(splitLine('   ')).toBeNull();
    expect(splitLine('*timeline* rwanda')).toEqual({ name: 'timeline', words: ['rwanda'] });
    expect(splitLine('/help!')).toEqual({ name: 'help', words: [] });
  });
});
