import { startTroubledServer } from '../test/fakes/crash/trouble.ts';
import { workersOrdeal } from '../test/fakes/crash/workers.ts';

export interface WorkersRun {
  workers: number;
  minutes: number;
  sources: number;
  channels: number;
  seed: number;
  /** An empty database; a server of its own, which also fails, when absent. */
  postgres: string | undefined;
}

/** Kills whole workers on one PostgreSQL database, prints what came of it, and answers the exit code. */
export async function crashWorkers(run: WorkersRun): Promise<number> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const seconds = run.minutes * 60;
  const server = run.postgres === undefined ? await startTroubledServer(seconds, 30) : null;
  try {
    const report = await workersOrdeal({
      url: run.postgres ?? server?.url ?? '',
      ...(server ? { workerUrl: server.workerUrl, trouble: server.trouble } : {}),
      workers: run.workers,
      sources: run.sources,
      channels: run.channels,
      seconds,
      killEverySeconds: 5,
      publishEverySeconds: Math.max(5, run.channels / 25),
      seed: run.seed,
      hurry: run.minutes < 2,
      say,
    });
    for (const line of server?.done ?? []) say(line);
    for (const one of report.lost) say(`lost: ${one}`);
    for (const one of [...report.twice.discord, ...report.twice.slack]) say(`twice: ${one}`);
    say(
      `${report.killed} killed, ${report.alerts} alerts, ${report.clusterers} processes made stories in turn, ` +
        `${report.longestWithoutClusterer.toFixed(1)} s at most without one, a source unasked for ${report.longestUnasked.toFixed(0)} s at most`,
    );
    const waiting = (report.left['pending'] ?? 0) + (report.left['retry'] ?? 0) + (report.left['leased'] ?? 0);
    if (waiting > 0) say(`${waiting} deliveries still waited for their turn when the time was over`);
    const twice = report.twice.discord.length + report.twice.slack.length;
    say(`LOST ${report.lost.length} TWICE ${twice} UNKNOWN ${report.unknown}`);
    return report.lost.length + twice + waiting === 0 ? 0 : 1;
  } finally {
    await server?.close();
  }
}
