/**
 * Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b` (Damerau and Levenshtein; letters
 * may come between two that were swapped); anything above `limit` is answered as `limit + 1`, early.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const seenAt = new Map<string, number>();
  for (let row = 1; row <= a.length; row++) {
    const above = rows[row - 1] ?? [];
    const current = [row];
    let least = row;
    let matched = 0;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swap = swapCost(rows, row, column, seenAt.get(b[column - 1] ?? '') ?? 0, matched);
      const written = (above[column - 1] ?? 0) + (same ? 0 : 1);
      const cost = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, written, swap);
      if (same) matched = column;
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    seenAt.set(a[row - 1] ?? '', row);
    rows.push(current);
  }
  return Math.min(rows[a.length]?.[b.length] ?? limit + 1, limit + 1);
}

/** Of a swap of the letters that end at this place with those that last matched across, and of what lies between. */
function swapCost(rows: readonly number[][], row: number, column: number, fromRow: number, fromColumn: number): number {
  if (fromRow === 0 || fromColumn === 0) return Number.POSITIVE_INFINITY;
  return (rows[fromRow - 1]?.[fromColumn - 1] ?? 0) + (row - fromRow - 1) + 1 + (column - fromColumn - 1);
}

/** Which letters a word holds, a bit each; letters of other scripts share bits. */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

/** No fewer slips than this lie between words of these letters: one slip adds a letter, takes one away, or does both. */
export function fewestSlips(a: number, b: number): number {
  let added = 0;
  let lost = 0;
  for (let bits = a & ~b; bits !== 0; bits &= bits - 1) added++;
  for (let bits = b & ~a; bits !== 0; bits &= bits - 1) lost++;
  return Math.max(added, lost);
}
