const patterns: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:Presidential\s+)?(?:Proclamation|Proc\.|Proclama(?:ción|ção|tion))\s+(?:No\.?\s*|n[.º°o]+\s*)?(\d{4,5})\b/giu,
    'Proclamation ',
  ],
  [
    /\b(?:Executive\s+Order|E\.?O\.?|Orden\s+Ejecutiva|Ordem\s+Executiva|décret(?:\s+présidentiel)?)\s+(?:No\.?\s*|n[.º°o]+\s*)?(\d{5})\b/giu,
    'Executive Order ',
  ],
  [/\b(PM-602-\d{4})\b/gu, ''],
];

/** Instruments that the text names by number: `Proclamation 10949`, `Executive Order 13780`, `PM-602-0192`. */
export function readInstruments(text: string): string[] {
  if (!/\d{4}/.test(text)) return [];
  const found = patterns.flatMap(([pattern, prefix]) =>
    [...text.matchAll(pattern)].map((match) => `${prefix}${match[1] ?? ''}`),
  );
  return [...new Set(found)];
}
