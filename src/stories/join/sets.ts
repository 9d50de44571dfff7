/** What both lists hold. */
export function shared<T>(a: readonly T[], b: readonly T[]): T[] {
  return a.filter((value) => b.includes(value));
}

/** Both tell something, and nothing of it is shared. */
export function apart<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length > 0 && b.length > 0 && shared(a, b).length === 0;
}
