import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from './app.ts';
import { forgetLeft } from './app-left.ts';
import { packageFolder } from './config/load.ts';
import { isoAt, watchJumps } from './lib/clock.ts';
import { freeBytes, leastFreeBytes } from './lib/disk.ts';

const lookEveryMs = 30_000;
const pruneEveryMs = 60 * 60_000;
const dayMs = 86_400_000;
/** A jump of the machine's clock that people should hear of. */
const jumpMs = 60_000;

/** What a running bot looks after beside its work: room on the disk, the clock, its settings, and what is old enough to go. */
export interface Upkeep {
  /** Each jump of the clock; twice a minute low disk space until there is room again, and settings that changed. */
  look(): Promise<void>;
  /** Every hour: deletes what settings.yaml says is old enough. */
  prune(): Promise<void>;
}

const running = 'running';

/**
 * Remembers that a process runs, until `end`. One that finds the mark of another that never came to its end, on a file,
 * has the whole file looked at in the background, and operators told when it is damaged.
 */
export async function markRunning({ store, clock, owner, log }: App): Promise<{ end(): Promise<void> }> {
  const before = await store.meta.get(running);
  await store.meta.set(running, owner);
  if (before)
    void checkAfterCrash().catch((error: unknown) => log.error({ err: error }, 'the file could not be checked'));

  async function checkAfterCrash(): Promise<void> {
    const damage = await store.check();
    const about = { kind: 'database-damaged', subject: 'database' };
    if (damage !== null) await store.notices.raise({ ...about, text: damage, at: isoAt(clock.now()) });
    else await store.notices.resolve(about.kind, about.subject, isoAt(clock.now()));
    log.info(
      { damaged: damage !== null },
      'the last process did not end in order, or still runs: the database was checked',
    );
  }
  return { end: () => store.meta.set(running, '') };
}

/** Nothing for a file that is being written or may not be read: the next look will tell. */
function printOf(path: string): readonly (readonly [path: string, print: string])[] {
  try {
    return [[path, createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16)]];
  } catch {
    return [];
  }
}

/** Every file of configuration with a print of its text: the operator's own and the shipped ones that stand in for others. */
function configPrints(config: App['config']): ReadonlyMap<string, string> {
  const folders = new Set([config.folderOf('.'), join(packageFolder, 'config')]);
  const paths = [...folders].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return new Map(paths.filter((path) => path.endsWith('.yaml')).flatMap(printOf));
}

export function createUpkeep({ store, clock, config, log }: App): Upkeep {
  const begun = configPrints(config);
  let lookedAt = Number.NEGATIVE_INFINITY;
  let prunedAt = Number.NEGATIVE_INFINITY;
  const jumps = watchJumps(clock);
  /** Milliseconds of jumps that could not be noted yet: the database may be away just then. */
  let unnoted = 0;

  async function noteDisk(at: string): Promise<void> {
    const folder = dirname(config.dataFolder);
    const free = await freeBytes(config.dataFolder).catch(() => freeBytes(folder));
    const about = { kind: 'disk-low', subject: config.dataFolder };
    const megabytes = Math.round(free / 1024 / 1024);
    if (free < leastFreeBytes) {
      const text = `Only ${megabytes} MB are free for ${config.dataFolder}. Make room: without it nothing new can be stored or sent.`;
      await store.notices.raise({ ...about, text, at });
    } else if (free > 1.5 * leastFreeBytes) {
      await store.notices.resolve(about.kind, about.subject, at, `There is room on the disk again: ${megabytes} MB.`);
    }
  }

  /** Settings are read once: who edits a file must not wonder why nothing happens. */
  async function noteConfig(at: string): Promise<void> {
    for (const [path, print] of configPrints(config)) {
      if (begun.get(path) === print) continue;
      const text = `${path} has changed. Restart Borderwire to use it; until then it runs with what it read at its start.`;
      await store.notices.raise({ kind: 'settings-changed', subject: `${path} ${print}`, text, at, over: true });
    }
  }

  async function noteClock(at: string): Promise<void> {
    const ms = unnoted + jumps();
    // Taken at once: another round may look meanwhile.
    unnoted = 0;
    if (Math.abs(ms) < jumpMs) return;
    try {
      // What was leased and planned by a clock that was ahead would wait for that time to come again.
      await store.endLeases(() => false, at);
      const minutes = Math.round(Math.abs(ms) / 60_000);
      const text = `The machine’s clock jumped ${minutes} min ${ms > 0 ? 'forward' : 'back'}. Check its time service: polls, quiet hours and “today” follow it.`;
      await store.notices.raise({ kind: 'clock-jumped', subject: at, text, at, over: true });
    } catch (error) {
      unnoted += ms;
      throw error;
    }
  }

  return {
    look: async () => {
      const at = isoAt(clock.now());
      await noteClock(at);
      if (Math.abs(clock.now() - lookedAt) < lookEveryMs) return;
      lookedAt = clock.now();
      await noteDisk(at);
      await noteConfig(at);
    },
    prune: async () => {
      if (Math.abs(clock.now() - prunedAt) < pruneEveryMs) return;
      prunedAt = clock.now();
      const { articleTextDays, deliveryDays } = config.settings.retention;
      const gone = await store.prune({
        articlesBefore: isoAt(clock.now() - articleTextDays * dayMs),
        deliveriesBefore: isoAt(clock.now() - deliveryDays * dayMs),
      });
      await forgetLeft({ store, clock, log });
      if (Object.values(gone).some((count) => count > 0)) log.info(gone, 'old data deleted');
    },
  };
}
