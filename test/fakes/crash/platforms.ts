import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Platforms {
  url: string;
  /** Titles that people saw, by platform, in order. */
  seen: { discord: string[]; slack: string[] };
  /** Requests whose sender could not learn what became of them. */
  ambiguous(): number;
  /** Called with the place in a request's life at which a kill may come. */
  onMoment: (moment: 'ready' | 'before' | 'after' | 'answered') => void;
  close(): Promise<void>;
}

/**
 * Two chat platforms on loopback that remember what they showed. `discord` folds a repeated row into the first, `slack`
 * knows no rows. One request in four fails: refused, dropped before or after it was stored, or answered 500 after.
 */
export async function openPlatforms(chance: () => number): Promise<Platforms> {
  const seen = { discord: [] as string[], slack: [] as string[] };
  const folded = new Map<string, string>();
  let doubts = 0;

  function store(platform: 'discord' | 'slack', rowId: string, title: string): string {
    const known = platform === 'discord' ? folded.get(rowId) : undefined;
    if (known !== undefined) return known;
    seen[platform].push(title);
    const id = `${platform}-${seen[platform].length}`;
    folded.set(rowId, id);
    return id;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (request.url === '/ready') {
      response.end();
      platforms.onMoment('ready');
      return;
    }
    const { platform, rowId, title } = JSON.parse(body) as {
      platform: 'discord' | 'slack';
      rowId: string;
      title: string;
    };
    const fate = chance();
    platforms.onMoment('before');
    if (fate < 0.06) return void response.writeHead(429).end();
    if (fate < 0.12) {
      doubts++;
      return void request.socket.destroy();
    }
    const id = store(platform, rowId, title);
    platforms.onMoment('after');
    if (fate < 0.25) {
      doubts++;
      if (fate < 0.18) request.socket.destroy();
      else response.writeHead(500).end();
      return;
    }
    response.end(id);
    platforms.onMoment('answered');
  }

  const server = createServer((request, response) => {
    // A killed sender breaks its connection: that is what the test is about.
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const platforms: Platforms = {
    url: `http://127.0.0.1:${port}`,
    seen,
    ambiguous: () => doubts,
    onMoment: () => {},
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return platforms;
}
