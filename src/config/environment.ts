import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../core/errors.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const text = z.string().trim().min(1, 'Give it a value or leave it out');
const webAddress = text.regex(/^https?:\/\/[^\s]+$/i, 'Give an address that begins with http:// or https://');
const token = (prefix: RegExp, hint: string) => text.regex(prefix, hint);

/** All variables that Borderwire reads. Secrets may also come as NAME_FILE, a path to a file that holds them. */
const Environment = z.object({
  BORDERWIRE_CONFIG: text.optional(),
  BORDERWIRE_DATA: text.default('./data'),
  DATABASE_URL: text.regex(/^(sqlite:|postgres(ql)?:\/\/)/, 'Give sqlite:PATH or postgres://USER@HOST/NAME').optional(),
  DISCORD_TOKEN: text.optional(),
  DISCORD_API_URL: webAddress.optional(),
  DISCORD_TEST_GUILD: text.regex(/^\d{15,21}$/, 'Give the numeric id of the server').optional(),
  SLACK_BOT_TOKEN: token(/^xoxb-/, 'A bot token begins with xoxb-').optional(),
  SLACK_APP_TOKEN: token(/^xapp-/, 'An app-level token begins with xapp-').optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  SLACK_API_URL: webAddress.optional(),
  BORDERWIRE_ENCRYPTION_KEY: text
    .min(32, 'Give at least 32 characters, such as the output of: openssl rand -hex 32')
    .optional(),
  HTTP_HOST: text.default('127.0.0.1'),
  HTTP_PORT: z.coerce.number('Give a port from 0 to 65535').int().min(0).max(65_535).optional(),
  HTTP_PROXY: webAddress.optional(),
  HTTPS_PROXY: webAddress.optional(),
  NO_PROXY: text.optional(),
  LOG_LEVEL: z.enum(logLevels, `Give one of ${logLevels.join(', ')}`).default('info'),
  TZ: text.refine(isTimeZone, 'Give a time zone of the IANA list, such as UTC or Europe/Belgrade').optional(),
});
export type Environment = z.infer<typeof Environment>;

/** Variables that hold secrets: accepted as NAME_FILE, never printed or logged. */
export const secretNames = [
  'DISCORD_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_CLIENT_SECRET',
  'BORDERWIRE_ENCRYPTION_KEY',
  'DATABASE_URL',
] as const;

/** Names of all variables, for the test that holds `.env.example` against them. */
export const environmentNames: readonly string[] = Object.keys(Environment.shape);

/**
 * Checks the environment. Empty variables count as absent. Throws ConfigError naming the variable,
 * what was found (secrets excepted) and what would do.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const given = withSecretFiles(variables);
  const result = Environment.safeParse(given);
  if (!result.success) throw environmentError(result.error.issues, given);
  requirePairs(result.data);
  return result.data;
}

function withSecretFiles(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of environmentNames) {
    const value = variables[name] ?? (name.endsWith('_PROXY') ? variables[name.toLowerCase()] : undefined);
    if (value !== undefined && value.trim() !== '') given[name] = value;
  }
  for (const name of secretNames) {
    const path = variables[`${name}_FILE`];
    if (path === undefined || path.trim() === '') continue;
    if (given[name] !== undefined) {
      throw new ConfigError(`${name}_FILE`, `${name} is set as well`, 'Set one of the two');
    }
    given[name] = readSecret(name, path);
  }
  return given;
}

function readSecret(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `${name}_FILE`,
      `cannot read ${path} (${reason})`,
      'Point it to a readable file that holds the secret alone',
      {
        cause: error,
      },
    );
  }
}

function environmentError(issues: readonly z.core.$ZodIssue[], given: Readonly<Record<string, string>>): ConfigError {
  const told = issues.map((issue) => {
    const name = String(issue.path[0]);
    const secret = secretNames.some((secretName) => secretName === name);
    return { name, found: secret ? 'a value that is not printed' : JSON.stringify(given[name]), remedy: issue.message };
  });
  const [first, ...rest] = told;
  if (!first) return new ConfigError('environment', 'is not as expected', 'See .env.example');
  const also = rest.map((problem) => ` Also ${problem.name}: found ${problem.found}. ${problem.remedy}.`).join('');
  return new ConfigError(first.name, `found ${first.found}`, `${first.remedy}${also}`);
}

function requirePairs(environment: Environment): void {
  const slackTokens = environment.SLACK_APP_TOKEN ?? environment.SLACK_SIGNING_SECRET;
  const many = requireSlackOAuth(environment, slackTokens);
  if (environment.SLACK_BOT_TOKEN && !slackTokens) {
    throw new ConfigError(
      'SLACK_BOT_TOKEN',
      'is set without SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      'Add SLACK_APP_TOKEN (xapp-…, Socket Mode), or SLACK_SIGNING_SECRET for HTTP mode',
    );
  }
  if (environment.SLACK_APP_TOKEN && !environment.SLACK_BOT_TOKEN && !many) {
    throw new ConfigError('SLACK_APP_TOKEN', 'is set without SLACK_BOT_TOKEN', 'Add SLACK_BOT_TOKEN (xoxb-…)');
  }
}

/** Many workspaces need the client's two halves, a key for what is stored, and a way for Slack to reach us. */
function requireSlackOAuth(environment: Environment, slackTokens: string | undefined): boolean {
  const { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, BORDERWIRE_ENCRYPTION_KEY } = environment;
  if (SLACK_CLIENT_ID === undefined && SLACK_CLIENT_SECRET === undefined) return false;
  const needed = { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, BORDERWIRE_ENCRYPTION_KEY };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (slackTokens === undefined) missing.push('SLACK_APP_TOKEN or SLACK_SIGNING_SECRET');
  if (missing.length === 0) return true;
  throw new ConfigError(
    SLACK_CLIENT_ID === undefined ? 'SLACK_CLIENT_SECRET' : 'SLACK_CLIENT_ID',
    `is set, for many Slack workspaces, without ${missing.join(' and ')}`,
    'Set what is missing (a key: openssl rand -hex 32), or leave both SLACK_CLIENT_ID and SLACK_CLIENT_SECRET out',
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
