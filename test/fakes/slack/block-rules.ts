import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isRecord } from './shape.ts';

/**
 * Block Kit: blocks.schema.json is generated from @slack/types with the limits of its comments (scripts/slack-blocks.ts).
 * What neither types nor comments say, Slack’s documentation or its answers do: that is written here by hand.
 */
const schema: { definitions: Readonly<Record<string, object>> } = JSON.parse(
  readFileSync(new URL('blocks.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false, allErrors: true }).addSchema(schema, 'kit');
const validators = new Map<string, ValidateFunction>();

function validatorOf(definition: string): ValidateFunction {
  const known = validators.get(definition) ?? ajv.compile({ $ref: `kit#/definitions/${definition}` });
  validators.set(definition, known);
  return known;
}

/** Definitions of blocks by their type. */
const blockDefinitions = new Map(
  Object.entries(schema.definitions)
    .filter(([name]) => name.endsWith('Block') && name !== 'Block')
    .flatMap(([name, definition]) => typesOf(definition).map((type): [string, string] => [type, name])),
);

function typesOf(definition: object): readonly string[] {
  const forms: unknown = Reflect.get(definition, 'anyOf') ?? [definition];
  return (Array.isArray(forms) ? forms : []).flatMap((form: unknown) => {
    const properties: unknown = Reflect.get(Object(form), 'properties');
    const type: unknown = Reflect.get(Object(Reflect.get(Object(properties), 'type')), 'const');
    return typeof type === 'string' ? [type] : [];
  });
}

function blockViolations(block: unknown, path: string): readonly string[] {
  const type = isRecord(block) ? String(block['type']) : '';
  const definition = blockDefinitions.get(type);
  if (definition === undefined) return [`${path}: unsupported type ${type}`];
  const validate = validatorOf(definition);
  const wrong = validate(block) ? [] : (validate.errors ?? []).map((error) => wordsOf(error, path));
  return [...wrong, ...texts(block, path), ...sectionRules(block, path)];
}

function wordsOf({ instancePath, message, params }: ErrorObject, path: string): string {
  const extra: unknown = Reflect.get(params, 'additionalProperty');
  return `${path}${instancePath}: ${message ?? ''}${typeof extra === 'string' ? ` (${extra})` : ''}`;
}

/** A section says something. */
function sectionRules(block: unknown, path: string): readonly string[] {
  if (!isRecord(block) || block['type'] !== 'section') return [];
  return block['text'] === undefined && block['fields'] === undefined ? [`${path}: needs text or fields`] : [];
}

/** Neither blank words nor an address that is none, wherever they stand. */
function texts(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => texts(one, `${path}/${at}`));
  if (!isRecord(value)) return [];
  const own: string[] = [];
  const words = value['text'];
  if (['mrkdwn', 'plain_text'].includes(String(value['type'])) && typeof words === 'string' && words.trim() === '')
    own.push(`${path}: must not be blank`);
  for (const name of ['url', 'image_url'])
    if (typeof value[name] === 'string' && !isWebAddress(value[name])) own.push(`${path}/${name}: is no web address`);
  return [...own, ...Object.entries(value).flatMap(([name, one]) => texts(one, `${path}/${name}`))];
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:/i.test(text);
}

/** Past this many characters of JSON a message is refused, which no documentation says. */
export const wholeMessage = 13_200;
const most = { message: 50, view: 100 };

/** Everything wrong with a message’s blocks. */
export function messageBlockViolations(value: unknown): readonly string[] {
  const size = JSON.stringify(value ?? null).length;
  return [
    ...blocksViolations(value, most.message, 0),
    ...inputsIn(value).map((path) => `${path}: an input stands in a view, not in a message`),
    ...(size > wholeMessage ? [`msg_blocks_too_long: ${size} characters`] : []),
  ];
}

function blocksViolations(value: unknown, limit: number, least: number): readonly string[] {
  if (!Array.isArray(value)) return ['blocks: must be an array'];
  return [
    ...(value.length > limit || value.length < least
      ? [`blocks: must be ${least} to ${limit}, are ${value.length}`]
      : []),
    ...value.flatMap((block, at) => blockViolations(block, `blocks/${at}`)),
    ...duplicates(value, 'block_id'),
    ...duplicateActions(value),
  ];
}

function inputsIn(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).flatMap((block: unknown, at) =>
    isRecord(block) && block['type'] === 'input' ? [`blocks/${at}`] : [],
  );
}

/** Largest view that Slack takes, in bytes of JSON. */
const wholeView = 250_000;

/** Everything wrong with a view of App Home or a modal. */
export function viewViolations(value: unknown): readonly string[] {
  const type = isRecord(value) ? value['type'] : undefined;
  if (!isRecord(value) || (type !== 'home' && type !== 'modal')) return [`view: unsupported type ${String(type)}`];
  const validate = validatorOf(type === 'home' ? 'HomeView' : 'ModalView');
  // The blocks are looked at one by one, which tells better what is wrong with them.
  const shell = { ...value, blocks: [{ type: 'divider' }] };
  const wrong = validate(shell) ? [] : (validate.errors ?? []).map((error) => wordsOf(error, 'view'));
  const needsSubmit = type === 'modal' && inputsIn(value['blocks']).length > 0 && value['submit'] === undefined;
  return [
    ...wrong,
    ...texts({ ...value, blocks: [] }, 'view'),
    ...blocksViolations(value['blocks'], most.view, 1),
    ...(needsSubmit ? ['view: a modal with an input needs submit'] : []),
    ...(JSON.stringify(value).length > wholeView ? ['view: view_too_large'] : []),
  ];
}

function duplicates(value: unknown, name: string): readonly string[] {
  const ids = (Array.isArray(value) ? value : [])
    .map((one) => (isRecord(one) ? one[name] : undefined))
    .filter((one) => one !== undefined);
  return ids.filter((one, at) => ids.indexOf(one) !== at).map((one) => `duplicate ${name} ${JSON.stringify(one)}`);
}

function duplicateActions(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).flatMap((block) =>
    isRecord(block) ? duplicates(block['elements'], 'action_id') : [],
  );
}
