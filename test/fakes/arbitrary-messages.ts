import * as fc from 'fast-check';
import type { Action, Block, Line } from '../../src/core/message.ts';

/** Blocks of every kind made of these words and lines, with at most so many lines, items and fields. */
export function arbitraryBlock(
  text: fc.Arbitrary<string>,
  line: fc.Arbitrary<Line>,
  most: { lines: number; items: number; fields: number },
): fc.Arbitrary<Block> {
  return fc.oneof(
    fc.record({ kind: fc.constant('text' as const), lines: fc.array(line, { maxLength: most.lines }) }),
    fc.record({ kind: fc.constant('list' as const), items: fc.array(line, { maxLength: most.items }) }),
    fc.record({ kind: fc.constant('heading' as const), text }),
    fc.record({ kind: fc.constant('note' as const), line }),
    fc.record({
      kind: fc.constant('fields' as const),
      fields: fc.array(fc.record({ name: text, value: line }), { maxLength: most.fields }),
    }),
  );
}

/** Buttons that open an address or run a command, both made of these words. */
export function arbitraryAction(text: fc.Arbitrary<string>): fc.Arbitrary<Action> {
  return fc.oneof(
    fc.record({ kind: fc.constant('link' as const), label: text, url: fc.oneof(text, fc.webUrl()) }),
    fc.record({ kind: fc.constant('command' as const), label: text, command: text }),
  );
}
