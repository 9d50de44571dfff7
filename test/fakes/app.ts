import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, openApp } from '../../src/app.ts';
import { type Config, loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createHttp } from '../../src/lib/http.ts';

/** The shipped configuration with a data folder of its own. */
export function testConfig(variables: Record<string, string> = {}): Config {
  const data = mkdtempSync(join(tmpdir(), 'bw-data-'));
  return loadConfig({ BORDERWIRE_DATA: data, ...variables });
}

/** The whole program on a database file of its own. */
export function openTestApp(options: AppOptions & { config?: Config } = {}): Promise<App> {
  const { config, ...rest } = options;
  const http = createHttp({ clock: systemClock, userAgent: 'Borderwire test', limits: { spacingMs: 0, perHost: 16 } });
  return openApp(config ?? testConfig(), { http, ...rest });
}
