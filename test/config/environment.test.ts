import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentNames, readEnvironment, secretNames } from '../../src/config/environment.ts';
import { ConfigError } from '../../src/core/errors.ts';

function problemOf(variables: Record<string, string>): ConfigError {
  try {
    readEnvironment(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('it was accepted');
}

describe('readEnvironment', () => {
  it('takes an empty environment and fills in the defaults', () => {
    expect(readEnvironment({})).toMatchObject({ BORDERWIRE_DATA: './data', HTTP_HOST: '127.0.0.1', LOG_LEVEL: 'info' });
  });

  it('counts an empty variable as absent', () => {
    expect(readEnvironment({ DISCORD_TOKEN: '', LOG_LEVEL: ' ' })).toMatchObject({ LOG_LEVEL: 'info' });
  });

  it.each([
    ['LOG_LEVEL', 'loud', /"loud".*silent/],
    ['HTTP_PORT', '70000', /"70000".*0 to 65535/],
    ['HTTP_PORT', 'eighty', /"eighty".*0 to 65535/],
    ['TZ', 'Mars/Olympus', /Mars.*IANA/],
    ['DATABASE_URL', 'mysql://host/x', /sqlite:PATH/],
    ['DISCORD_API_URL', 'discord.test', /http/],
    ['DISCORD_TEST_GUILD', 'my server', /numeric/],
    ['BORDERWIRE_ENCRYPTION_KEY', 'short', /32 characters/],
    ['SLACK_BOT_TOKEN', 'abc', /xoxb-/],
  ])('refuses %s=%s and says what would do', (name, value, told) => {
    const problem = problemOf({ [name]: value });
    expect(problem.setting).toBe(name);
    expect(problem.message).toMatch(told);
  });

  it('never prints a secret it refuses', () => {
    expect(problemOf({ SLACK_BOT_TOKEN: 'sekrit-value' }).message).not.toContain('sekrit');
  });

  it.each(secretNames.filter((name) => name !== 'DATABASE_URL' && !name.startsWith('SLACK_')))(
    'reads %s from the file that NAME_FILE names',
    (name) => {
      const file = join(mkdtempSync(join(tmpdir(), 'bw-secret-')), 'secret');
      writeFileSync(file, 'a-secret-of-more-than-thirty-two-characters\n');
      expect(readEnvironment({ [`${name}_FILE`]: file })).toMatchObject({
        [name]: 'a-secret-of-more-than-thirty-two-characters',
      });
    },
  );

  it('names the file when a secret cannot be read, and refuses both forms at once', () => {
    expect(problemOf({ DISCORD_TOKEN_FILE: '/nowhere/token' }).message).toContain('/nowhere/token');
    expect(problemOf({ DISCORD_TOKEN_FILE: '/x', DISCORD_TOKEN: 'y' }).message).toContain('one of the two');
  });

  it('asks for the second Slack token when one is set alone', () => {
    expect(problemOf({ SLACK_BOT_TOKEN: 'xoxb-1' }).message).toContain('SLACK_APP_TOKEN');
    expect(problemOf({ SLACK_APP_TOKEN: 'xapp-1' }).message).toContain('SLACK_BOT_TOKEN');
  });

  it('is documented whole in .env.example', () => {
    const named = [...readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1] ?? '');
    expect(named.toSorted()).toEqual([...environmentNames].toSorted());
  });
});
