/** What Discord refuses and its description does not say. Texts name the field. */
const componentsV2 = 1 << 15;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Where a request's body tells the names of the files that came beside it. */
export const sentFiles = Symbol('files');

/** `isNew`: a post, which must hold something; an edit need not. */
export function messageProblems(body: unknown, isNew: boolean): readonly string[] {
  if (!isObject(body)) return ['body: no object'];
  const { embeds, components, content, poll, flags } = body;
  const isV2 = typeof flags === 'number' && (flags & componentsV2) !== 0;
  const filled = [content, embeds, poll].some((part) => (Array.isArray(part) ? part.length > 0 : Boolean(part)));
  const total = listOf(embeds).reduce((sum, embed) => sum + embedLength(embed), 0);
  const ids = customIds(components);
  return [
    ...(body['allowed_mentions'] === undefined ? ['allowed_mentions: missing, so Discord would mention'] : []),
    ...(textOf(content).length > 2000 ? ['content: more than 2000'] : []),
    ...(total > 6000 ? ['embeds: more than 6000 in all'] : []),
    ...(new Set(ids).size < ids.length ? ['components: a custom_id twice'] : []),
    ...listOf(components).flatMap(rowProblems),
    ...attachmentProblems(body),
    ...(isV2 && filled ? ['flags: Components V2 with content, embeds or poll'] : []),
    ...(isNew && !filled && listOf(components).length === 0 ? ['50006: empty message'] : []),
    ...listOf(embeds).flatMap((embed) => (embedLength(embed) === 0 && !embed['image'] ? ['embeds: empty'] : [])),
    ...listOf(embeds)
      .flatMap((embed) => listOf(embed['fields']))
      .flatMap((field) =>
        textOf(field['name']) === '' || textOf(field['value']) === '' ? ['fields: blank name or value'] : [],
      ),
  ];
}

function embedLength(embed: Json): number {
  const footer = isObject(embed['footer']) ? embed['footer']['text'] : '';
  const author = isObject(embed['author']) ? embed['author']['name'] : '';
  const parts = [embed['title'], embed['description'], footer, author];
  const fields = listOf(embed['fields']).flatMap((field) => [field['name'], field['value']]);
  return [...parts, ...fields].reduce((sum: number, part) => sum + textOf(part).length, 0);
}

function customIds(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(customIds);
  if (!isObject(node)) return [];
  const own = typeof node['custom_id'] === 'string' ? [node['custom_id']] : [];
  return [...own, ...customIds(node['components']), ...customIds(node['accessory'])];
}

/** Buttons up to five, or one select alone; a select's values are distinct. */
function rowProblems(row: Json): string[] {
  if (row['type'] !== 1) return [];
  const inner = listOf(row['components']);
  const selects = inner.filter((one) => one['type'] !== 2);
  return [
    ...(selects.length > 0 && inner.length > 1 ? ['components: a select with something beside it in its row'] : []),
    ...(inner.length > 5 ? ['components: more than 5 in a row'] : []),
    ...selects.flatMap(selectProblems),
  ];
}

function selectProblems(select: Json): string[] {
  const values = listOf(select['options']).map((option) => option['value']);
  const [least, most] = [Number(select['min_values'] ?? 1), Number(select['max_values'] ?? 1)];
  return [
    ...(new Set(values).size < values.length ? ['options: a value twice'] : []),
    ...(select['type'] === 3 && (least > values.length || most > values.length || least > most)
      ? ['options: fewer or more to choose than there are']
      : []),
  ];
}

/** Each attachment that is new has its file, each file its attachment, and what an embed shows is among them. */
function attachmentProblems(body: Json): string[] {
  const sent = (Reflect.get(body, sentFiles) ?? []) as { field: string; name: string }[];
  const files = sent.map(({ field }) => field);
  const attachments = listOf(body['attachments']);
  const shown = listOf(body['embeds']).flatMap((embed) => {
    const url = isObject(embed['image']) ? textOf(embed['image']['url']) : '';
    return url.startsWith('attachment://') ? [url.slice('attachment://'.length)] : [];
  });
  return [
    ...attachments
      .filter((one) => textOf(one['id']).length < 5 && !files.includes(`files[${String(one['id'])}]`))
      .map(() => 'attachments: no file for one'),
    ...files
      .filter((name) => !attachments.some((one) => name === `files[${String(one['id'])}]`))
      .map((name) => `attachments: nothing says what ${name} is`),
    ...shown
      // A file is called what the attachment says, else what the form says of it.
      .filter((name) => !attachments.some((one) => one['filename'] === name) && !sent.some((one) => one.name === name))
      .map((name) => `embeds: no attachment ${name}`),
    ...attachments.filter((one) => textOf(one['description']) === '').map(() => 'attachments: no alt text'),
  ];
}

/** A form: at most five fields, each with a name of its own. */
export function modalProblems(body: unknown): readonly string[] {
  if (!isObject(body)) return ['data: no object'];
  const rows = listOf(body['components']);
  const fields = rows.flatMap((row) => (isObject(row['component']) ? [row['component']] : listOf(row['components'])));
  const ids = fields.map((field) => field['custom_id']);
  return [
    ...(rows.length > 5 ? ['components: more than 5 in a form'] : []),
    ...(new Set(ids).size < ids.length ? ['components: a custom_id twice'] : []),
    ...fields.filter((field) => field['type'] === 3).flatMap(selectProblems),
  ];
}

/** Names, the order of options, choices beside autocomplete, the size of a command. */
export function commandProblems(body: unknown): readonly string[] {
  return listOf(body).flatMap((command) => {
    const options = listOf(command['options']);
    const required = options.map((option) => option['required'] === true);
    const firstOptional = required.indexOf(false);
    const names = [command, ...options].map((one) => textOf(one['name']));
    return [
      ...names
        .filter((name) => name !== name.toLowerCase() || !/^[-_\p{L}\p{N}]{1,32}$/u.test(name))
        .map((name) => `name: ${name}`),
      ...(firstOptional >= 0 && required.lastIndexOf(true) > firstOptional ? ['options: required after optional'] : []),
      ...(options.some((option) => option['autocomplete'] === true && listOf(option['choices']).length > 0)
        ? ['options: choices beside autocomplete']
        : []),
      ...(commandSize(command) > 8000 ? ['command: more than 8000'] : []),
    ];
  });
}

/** Names, descriptions and values, with the longest of each's localisations. */
export function commandSize(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, each) => sum + commandSize(each), 0);
  if (!isObject(node)) return 0;
  return Object.entries(node).reduce((sum, [key, part]) => {
    if (key.endsWith('_localizations')) return sum;
    if (typeof part !== 'string' || !['name', 'description', 'value'].includes(key)) return sum + commandSize(part);
    const others = node[`${key}_localizations`];
    return (
      sum + Math.max(part.length, ...(isObject(others) ? Object.values(others).map((text) => textOf(text).length) : []))
    );
  }, 0);
}
