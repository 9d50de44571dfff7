import { z } from 'zod';

const version = z.literal(1);

const Delivery = z.object({
  id: z.string(),
  channel: z.string(),
  kind: z.string(),
  subject: z.string(),
  action: z.string(),
  title: z.string(),
  state: z.string(),
  attempts: z.number().int(),
  created: z.string(),
  reason: z.string().nullable(),
});

/** `deliveries`: the outbox as it stands, one delivery with its attempts, what was done, or where a story would go. */
export const DeliveriesAnswer = z.union([
  z.object({
    version,
    counts: z.record(z.string(), z.number().int()),
    deliveries: z.array(Delivery),
    notices: z.array(z.object({ kind: z.string(), subject: z.string(), text: z.string(), at: z.string() })),
  }),
  z.object({
    version,
    delivery: Delivery,
    attempts: z.array(
      z.object({
        attempt: z.number().int(),
        startedAt: z.string(),
        finishedAt: z.string().nullable(),
        outcome: z.string(),
      }),
    ),
  }),
  z.object({ version, done: z.enum(['retried', 'dropped']), deliveries: z.array(z.string()) }),
  z.object({
    version,
    story: z.string(),
    preview: z.array(
      z.object({
        channel: z.string(),
        sends: z.boolean(),
        when: z.string().nullable(),
        how: z.string(),
        why: z.array(z.string()),
      }),
    ),
  }),
]);
