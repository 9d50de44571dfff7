/** What Discord refuses and its description does not say. Texts name the field. */
const componentsV2 = 1 << 15;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

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
