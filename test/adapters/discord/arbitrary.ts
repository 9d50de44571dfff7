import * as fc from 'fast-check';
import type { Line, Message, Span } from '../../../src/core/message.ts';
import { arbitraryAction, arbitraryBlock } from '../../fakes/arbitrary-messages.ts';

const tricks = [
  '@everyone',
  '@here',
  '<@123456789012345678>',
  '<@&123>',
  '<#123>',
  '<id:customize>',
  '<t:1700000000:R>',
  '<:x:123>',
  '[bank](https://evil.example)',
  'https://evil.example/x',
  '](https://evil.example)',
  '||',
  '**',
  '__',
  '~~',
  '`',
  '```\n',
  '> ',
  '>>> ',
  '# ',
  '-# ',
  '- ',
  '* ',
  '1. ',
  '\\',
  '\\\\',
  '\u202E',
  '\u2066',
  '\u200B',
  '\u061C',
  '\u00AD',
  '\uFEFF',
  '\n',
  '\r',
  '\u2028',
  '\uD83D',
  '👩‍👧',
  '🇱🇦',
  '\u{E0041}',
  'می‌خواهم',
  ' ',
  'word',
  '.',
  '\u0000',
  '…',
] as const;
/** Text as a hostile feed has it. */
export const foreign = fc.oneof(
  fc.array(fc.constantFrom(...tricks), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.tuple(fc.constantFrom(...tricks), fc.integer({ min: 1, max: 300 })).map(([trick, times]) => trick.repeat(times)),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  foreign,
  fc.record({
    text: foreign,
    url: fc.oneof(
      foreign,
      fc.webUrl(),
      foreign.map((tail) => `https://e.org/${tail}`),
    ),
    strong: fc.boolean(),
  }),
);
export const line: fc.Arbitrary<Line> = fc.array(span, { maxLength: 5 });
const block = arbitraryBlock(foreign, line, { lines: 6, items: 30, fields: 30 });
/** A message of any size, every word of it hostile. */
export const hostileMessage: fc.Arbitrary<Message> = fc.record({
  title: foreign,
  plain: foreign,
  blocks: fc.array(block, { maxLength: 6 }),
  footer: line,
  actions: fc.array(arbitraryAction(foreign), { maxLength: 30 }),
});
