/** What is wrong with a value at a path, in words; empty when it is right. */
export type Check = (value: unknown, path: string) => readonly string[];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string of `least` to `most` UTF-16 units. */
export function string(most: number, least = 1): Check {
  return (value, path) => {
    if (typeof value !== 'string') return [`${path}: must be a string`];
    if (value.length > most) return [`${path}: must be no more than ${most} characters, is ${value.length}`];
    return value.length < least ? [`${path}: must be at least ${least} characters`] : [];
  };
}

export function flag(): Check {
  return (value, path) => (typeof value === 'boolean' ? [] : [`${path}: must be a boolean`]);
}

export function word(...words: readonly string[]): Check {
  return (value, path) => (words.includes(String(value)) ? [] : [`${path}: must be one of ${words.join(', ')}`]);
}

export function list(item: Check, most: number, least = 1): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return [`${path}: must be an array`];
    const count =
      value.length > most || value.length < least
        ? [`${path}: must hold ${least} to ${most}, holds ${value.length}`]
        : [];
    return [...count, ...value.flatMap((one, at) => item(one, `${path}/${at}`))];
  };
}

/** An object with these properties and no others; those whose name ends with `?` may be absent. */
export function object(properties: Readonly<Record<string, Check>>): Check {
  const checks = new Map(Object.entries(properties).map(([name, check]) => [name.replace(/\?$/, ''), check]));
  const required = Object.keys(properties).filter((name) => !name.endsWith('?'));
  return (value, path) => {
    if (!isRecord(value)) return [`${path}: must be an object`];
    return [
      ...required.filter((name) => value[name] === undefined).map((name) => `${path}: missing ${name}`),
      ...Object.entries(value).flatMap(
        ([name, one]) => checks.get(name)?.(one, `${path}/${name}`) ?? [`${path}: unknown property ${name}`],
      ),
    ];
  };
}

/** An object whose `type` chooses how the rest is checked. */
export function byType(kinds: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (!isRecord(value)) return [`${path}: must be an object`];
    return kinds[String(value['type'])]?.(value, path) ?? [`${path}: unsupported type ${String(value['type'])}`];
  };
}

/** Both checks. */
export function both(first: Check, second: Check): Check {
  return (value, path) => [...first(value, path), ...second(value, path)];
}

/** At least one of these properties is there. */
export function oneOf(...names: readonly string[]): Check {
  return (value, path) =>
    isRecord(value) && names.some((name) => value[name] !== undefined) ? [] : [`${path}: needs ${names.join(' or ')}`];
}
