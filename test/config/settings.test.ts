import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../src/config/settings.ts';
import { ConfigError } from '../../src/core/errors.ts';

function problemOf(text: string): ConfigError {
  try {
    parseSettings(text, 'settings.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('it was accepted');
}

describe('parseSettings', () => {
  it('gives every setting a default, and the shipped file shows exactly those', () => {
    const shipped = parseSettings(readFileSync('config/settings.yaml', 'utf8'), 'config/settings.yaml');
    expect(shipped).toEqual(parseSettings('', 'empty.yaml'));
  });

  it('takes cron expressions of five and of six fields', () => {
    expect(parseSettings('poll: { cron: "*/5 * * * *" }', 'f').poll.cron).toBe('*/5 * * * *');
    expect(parseSettings('poll: { cron: "*/2 * * * * *" }', 'f').poll.cron).toBe('*/2 * * * * *');
  });

  it.each([
    ['poll:\n  cron: "every minute"\n', 'settings.yaml:2', /poll\.cron.*every minute.*cron fields/],
    ['stories:\n  maxAgeHours: 72\n  holdBackSeconds: "soon"\n', 'settings.yaml:3', /holdBackSeconds.*soon/],
    ['delivery:\n  updates: shout\n', 'settings.yaml:2', /updates.*shout/],
    ['polls:\n  cron: x\n', 'settings.yaml:1', /polls/],
    ['poll:\n  cron: "* * * * *\n  concurrency: 3\n', 'settings.yaml:', /YAML/],
    ['poll: [1]\n', 'settings.yaml:1', /poll/],
  ])('names file and line, what was found and the remedy for %j', (text, place, told) => {
    const problem = problemOf(text);
    expect(problem.setting).toContain(place);
    expect(problem.message).toMatch(told);
  });

  it('tells all problems of a file at once', () => {
    expect(problemOf('poll:\n  concurrency: 0\nstories:\n  maxAgeHours: 0\n').message).toContain('maxAgeHours');
  });
});
