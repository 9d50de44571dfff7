import { existsSync, readFileSync } from 'node:fs';
import { isRecord } from './shape.ts';

const folder = new URL('../../../../shared/specs/', import.meta.url);

/** Whether Slack’s method reference and manifest schema lie beside the repository. */
export const specificationsHere = existsSync(folder);

/** Fails in CI, where nothing may be skipped unseen; elsewhere says what is not checked. */
export function requireSpecifications(
  what: string,
  environment: NodeJS.ProcessEnv,
  here = specificationsHere,
): boolean {
  if (here) return true;
  const words = `${what}: ../shared/specs is absent`;
  if (environment['CI'] === 'true') throw new Error(`${words}, and CI may skip nothing`);
  console.info(`not checked, ${words}`);
  return false;
}

export function readSpecification(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
}

/** Bolt adds the workspace to every call that answers an event; a token may stand among the arguments. */
const tolerated = new Set(['token', 'team_id']);

/** Arguments that the method does not know, and required ones that are missing; null for an unknown method. */
export function argumentViolations(method: string, given: Readonly<Record<string, unknown>>): readonly string[] | null {
  if (!specificationsHere) return [];
  const path = `slack-api-ref/methods/${method.split('.')[0] ?? ''}/${method}.json`;
  if (!/^[a-z]+(\.[a-zA-Z0-9]+)+$/.test(method) || !existsSync(new URL(path, folder))) return null;
  const reference = readSpecification(path);
  const known = isRecord(reference) && isRecord(reference['args']) ? reference['args'] : {};
  return [
    ...Object.keys(given)
      .filter((name) => !tolerated.has(name) && !(name in known))
      .map((name) => `unknown argument ${name}`),
    ...Object.entries(known).flatMap(([name, one]) =>
      isRecord(one) && !fits(given[name], one['type']) ? [`argument ${name} is no ${String(one['type'])}`] : [],
    ),
    ...Object.entries(known)
      .filter(([name, one]) => isRecord(one) && one['required'] === true && given[name] === undefined)
      .map(([name]) => `missing argument ${name}`),
  ];
}

/** Whether a value that was given is of the reference’s type, where that says more than text. */
function fits(value: unknown, type: unknown): boolean {
  if (value === undefined) return true;
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'array') return Array.isArray(value);
  if (type !== 'integer' && type !== 'number' && type !== 'timestamp') return true;
  return typeof value === 'string' && (type === 'integer' ? /^\d+$/ : /^\d+(\.\d+)?$/).test(value);
}
