import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const file = fileURLToPath(new URL('../../../../shared/specs/discord-openapi.json', import.meta.url));

/** Whether Discord's own description is here. In CI it must be: there a missing one is an error. */
export function hasDescription(path = file, ci = process.env['CI']): boolean {
  if (existsSync(path)) return true;
  if (ci === 'true') throw new Error(`Discord's description is missing: ${path}`);
  process.stderr.write(`Discord's description is not at ${path}: requests are not checked against it.\n`);
  return false;
}

export interface Description {
  /** What is wrong with a request, in the description's own terms; empty when nothing is. Null for an unknown route. */
  problems(method: string, path: string, body: unknown): readonly string[] | null;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Discord's description, made usable: see the five adaptations below. Routes compile when they are first asked for; `warm` ones now. */
export function loadDescription(warm: readonly (readonly [method: string, path: string])[] = []): Description {
  const document: Json = JSON.parse(readFileSync(file, 'utf8'));
  adapt(document, '');
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: false, logger: false });
  for (const format of ['int32', 'int64', 'double', 'snowflake', 'nonce', 'uri', 'date-time'])
    ajv.addFormat(format, true);
  ajv.addSchema(document, 'discord');
  const routes = routesOf(document);
  const compiled = new Map<string, ValidateFunction>();
  const description: Description = {
    problems(method, path, body) {
      const route = routes.find((one) => one.method === method.toLowerCase() && one.pattern.test(path));
      if (!route) return null;
      if (route.schema === null) return [];
      const validate = compiled.get(route.schema) ?? ajv.compile({ $ref: route.schema });
      compiled.set(route.schema, validate);
      if (validate(body)) return [];
      return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? error.keyword}`);
    },
  };
  for (const [method, path] of warm) description.problems(method, path, {});
  return description;
}

function routesOf(document: Json): { method: string; pattern: RegExp; schema: string | null }[] {
  const paths = isObject(document['paths']) ? document['paths'] : {};
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).map(([method, operation]) => ({
      method,
      weight: path.split('{').length,
      pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
      schema:
        JSON.stringify(operation).includes('"application/json":{"schema"') &&
        isObject(operation) &&
        operation['requestBody']
          ? `discord#/paths/${escaped(path)}/${method}/requestBody/content/application~1json/schema`
          : null,
    })),
  );
  // A path that is written out goes before one that has a placeholder there.
  return all.toSorted((a, b) => a.weight - b.weight);
}

function escaped(path: string): string {
  return encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));
}

const permissionNames = new Set(['default_member_permissions', 'permissions', 'allow', 'deny']);

/**
 * What Discord takes although its description says otherwise, and the reverse: empty enums go; whole numbers of
 * permissions may be decimal strings; unknown properties are refused; what discord.js always adds is tolerated.
 */
function adapt(node: unknown, name: string): void {
  if (Array.isArray(node)) {
    for (const each of node) adapt(each, '');
    return;
  }
  if (!isObject(node)) return;
  if (Array.isArray(node['enum']) && node['enum'].length === 0) delete node['enum'];
  const types = [node['type']].flat();
  if (permissionNames.has(name) && types.includes('integer')) node['type'] = [...new Set([...types, 'string'])];
  const { properties } = node;
  if (isObject(properties) && types.includes('object')) {
    node['additionalProperties'] ??= false;
    if ('allowed_mentions' in properties)
      for (const extra of ['tts', 'nonce', 'enforce_nonce']) properties[extra] ??= {};
    if ('auto_archive_duration' in properties && 'rate_limit_per_user' in properties) properties['type'] ??= {};
  }
  for (const [key, each] of Object.entries(node)) adapt(each, key);
}
