import { z } from 'zod';

const iso = z.string().optional().catch(undefined);

/** What the poller remembers of a source beside its validators. Times are ISO 8601 UTC. Unreadable parts are dropped. */
export const SourceMemory = z.object({
  /** A permanent redirect that was seen, how often in a row, and since when. */
  redirect: z.object({ to: z.string(), count: z.number(), since: z.string() }).optional().catch(undefined),
  /** The configured address that `movedTo` stands for. */
  movedFrom: iso,
  /** When the body was last sent in full. */
  fullAt: iso,
  /** Validators said "unchanged" of a body that had changed: they are not used until then. */
  distrustUntil: iso,
  /** Since when every poll brought the same body. */
  sameSince: iso,
  /** Newest believable dates of its entries, newest first. */
  published: z.array(z.string()).max(40).catch([]),
  /** When polls brought something new, newest first. */
  arrivals: z.array(z.string()).max(40).catch([]),
  /** Hash of the entries of the last document, whatever was around them. */
  entriesHash: iso,
  /** How many items the last documents held, newest first. */
  counts: z.array(z.number()).max(40).catch([]),
  /** The last document that was read was larger than what is read of one. */
  truncated: z.boolean().optional().catch(undefined),
  /** What the feed asks of pollers. */
  hints: z
    .object({
      freshMs: z.number(),
      ttlMinutes: z.number().optional(),
      skipHours: z.array(z.number()).optional(),
      skipDays: z.array(z.string()).optional(),
    })
    .catch({ freshMs: 0 }),
  /** The trouble the operator was told of, until it is over. */
  outage: z.object({ code: z.string(), since: z.string() }).optional().catch(undefined),
  /** When the failures began that now go on. */
  failingSince: iso,
});
export type SourceMemory = z.infer<typeof SourceMemory>;

/** The memory kept in a source's state, whatever wrote it. */
export function readMemory(value: unknown): SourceMemory {
  const result = SourceMemory.safeParse(value);
  return result.success ? result.data : { published: [], arrivals: [], counts: [], hints: { freshMs: 0 } };
}
