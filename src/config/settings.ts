import { validate as isCron } from 'node-cron';
import { z } from 'zod';
import { certainties, topics } from '../core/reading.ts';
import type { Channel } from '../core/subscription.ts';
import { parseYaml } from './yaml-file.ts';

const seconds = (fallback: number) => z.number().min(0).max(86_400).default(fallback);
/** Scopes that a Slack workspace may grant beyond the least; the manifest and the install page ask for those named. */
export const slackExtras = ['people', 'pictures', 'channels', 'history', 'links'] as const;
const ids = z.array(z.string().trim().min(1)).default([]);

/** `discord SERVER CHANNEL` or `slack WORKSPACE CHANNEL`, by their ids. */
const OperatorChannel = z
  .string()
  .regex(
    /^\s*(discord|slack)\s+\S+\s+\S+\s*$/,
    'Give “discord SERVER CHANNEL” or “slack WORKSPACE CHANNEL”, by their ids',
  )
  .transform((text): Channel => {
    const [platform, workspace = '', id = ''] = text.trim().split(/\s+/);
    return { platform: platform === 'slack' ? 'slack' : 'discord', workspace, id };
  });

/** config/settings.yaml: every setting has a default, so that an empty file works. */
export const Settings = z.strictObject({
  poll: z
    .strictObject({
      /** When due sources are looked for; five fields, or six with seconds first. */
      cron: z
        .string()
        .refine(isCron, 'Give five cron fields (or six, seconds first), such as "*/30 * * * * *"')
        .default('*/30 * * * * *'),
      concurrency: z.number().int().min(1).max(256).default(16),
      timeoutSeconds: z.number().min(1).max(120).default(30),
      contact: z.string().trim().default(''),
    })
    .prefault({}),
  stories: z
    .strictObject({
      /** How long a first alert waits for a second outlet. Official sources are never held. */
      holdBackSeconds: seconds(90),
      /** Older articles never open a story. */
      maxAgeHours: z
        .number()
        .min(1)
        .max(24 * 60)
        .default(72),
      /** How long a story takes further articles by their words alone. */
      windowHours: z
        .number()
        .min(12)
        .max(24 * 14)
        .default(72),
    })
    .prefault({}),
  delivery: z
    .strictObject({
      updates: z.enum(['edit', 'thread', 'new']).default('thread'),
      minimumCertainty: z.enum(certainties).default('reported'),
      topics: z.array(z.enum(topics)).default([]),
      /** Edits of one story in one channel gather at least this long. */
      editPauseSeconds: seconds(60),
      /** Alerts older than this come as one catch-up, marked late. */
      lateAfterMinutes: z.number().int().min(1).max(10_080).default(120),
      /** More first alerts than this in an hour to one channel share one message; 0 for never. */
      burstPerHour: z.number().int().min(0).max(1_000).default(12),
      burstOfficial: z.enum(['apart', 'together']).default('apart'),
    })
    .prefault({}),
  operators: z
    .strictObject({
      discord: ids,
      slack: ids,
      /** Channels that hear what operators should know. */
      channels: z.array(OperatorChannel).default([]),
    })
    .prefault({}),
  slack: z
    .strictObject({
      /** User ids that may subscribe channels, beside workspace admins; empty for any full member. */
      managers: ids,
      /** What the app asks for beyond commands and posting. */
      extras: z.array(z.enum(slackExtras)).default([]),
      /** Where people and Slack reach this installation: HTTP mode, install pages, links of our own. */
      publicUrl: z
        .string()
        .trim()
        .regex(/^(https?:\/\/[^\s?#]+)?$/i, 'Give an address such as https://borderwire.example.org, or leave it empty')
        .default(''),
      /** Other names for slash commands that clash with another app's. */
      commands: z
        .strictObject({
          borderwire: z.string().optional(),
          'ban-status': z.string().optional(),
          timeline: z.string().optional(),
          subscribe: z.string().optional(),
        })
        .prefault({}),
    })
    .prefault({}),
  retention: z
    .strictObject({
      articleTextDays: z.number().int().min(2).max(3_650).default(90),
      deliveryDays: z.number().int().min(7).max(3_650).default(180),
    })
    .prefault({}),
  ledger: z.strictObject({ staleAfterDays: z.number().int().min(1).max(365).default(30) }).prefault({}),
});
export type Settings = z.infer<typeof Settings>;

/** Reads settings.yaml. Throws ConfigError naming file and line. */
export function parseSettings(text: string, file: string): Settings {
  return parseYaml(Settings, text, file);
}
