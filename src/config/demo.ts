import { z } from 'zod';
import { parseYaml } from './yaml-file.ts';

const moment = z.iso.datetime({ error: 'Give a moment such as 2025-08-05T08:00:00Z' });
const word = z.string().trim().min(1);

/** config/demo.yaml: sample feeds and what happens to them, step by step. */
export const DemoScript = z.strictObject({
  start: moment,
  feeds: z.array(z.strictObject({ id: word, publisher: word, language: word })).min(1),
  steps: z.array(
    z.strictObject({
      at: moment,
      say: word,
      items: z.array(z.strictObject({ feed: word, id: word, title: word, text: word })),
    }),
  ),
  asks: z.array(word),
});
export type DemoScript = z.infer<typeof DemoScript>;

/** Throws ConfigError naming file and line. */
export function parseDemo(text: string, file: string): DemoScript {
  return parseYaml(DemoScript, text, file);
}
