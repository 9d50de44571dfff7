import { afterEach, expect, it } from 'vitest';
import { createHttpServer, type HttpServer } from '../../src/lib/http-server.ts';

const open: HttpServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function started(prepare: (server: HttpServer) => void): Promise<string> {
  const server = createHttpServer({ host: '127.0.0.1', port: 0 });
  prepare(server);
  open.push(server);
  return `http://127.0.0.1:${await server.start()}`;
}

it('shows a page for exactly its path, with or without a query, and nothing else', async () => {
  const at = await started((server) =>
    server.page('/healthz', () => Promise.resolve({ status: 200, type: 'text/plain', body: 'well' })),
  );
  expect(await (await fetch(`${at}/healthz?x=1`)).text()).toBe('well');
  expect(await (await fetch(`${at}/healthz`, { method: 'HEAD' })).text()).toBe('');
  expect((await fetch(`${at}/healthz/more`)).status).toBe(404);
  expect((await fetch(`${at}/healthz`, { method: 'POST' })).status).toBe(404);
});

it('answers 503 without details when a page fails', async () => {
  const at = await started((server) => server.page('/readyz', () => Promise.reject(new Error('a secret path'))));
  const response = await fetch(`${at}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.text()).not.toContain('secret');
});

it('gives what no page answers to whoever is mounted', async () => {
  const at = await started((server) => {
    server.page('/healthz', () => Promise.resolve({ status: 200, type: 'text/plain', body: 'well' }));
    server.mount((_request, response) => response.writeHead(202).end('taken'));
  });
  expect((await fetch(`${at}/slack/events`, { method: 'POST' })).status).toBe(202);
  expect((await fetch(`${at}/healthz`)).status).toBe(200);
});

it('names the setting when the port is taken', async () => {
  const first = createHttpServer({ host: '127.0.0.1', port: 0 });
  open.push(first);
  const port = await first.start();
  await expect(createHttpServer({ host: '127.0.0.1', port }).start()).rejects.toMatchObject({ setting: 'HTTP_PORT' });
});
