import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici';
import { SourceError } from '../core/errors.ts';
import { isAddress, isPublicAddress } from './address.ts';
import { isPublicHttpUrl } from './url.ts';

type Resolved = readonly { address: string; family: number }[];

/** Name resolution as `dns.lookup` does it, all addresses at once. */
export type Resolve = (host: string, callback: (error: Error | null, found: Resolved) => void) => void;

export interface ConnectOptions {
  connectMs: number;
  perHost: number;
  /** Certificates to trust beside the system's, PEM. */
  ca?: string;
  /** Name resolution; the system's when absent. */
  resolve?: Resolve;
  /** Which connected addresses count as public. */
  isPublic?: (address: string) => boolean;
  /** Proxy addresses by scheme of the target, and hosts that go around them (`NO_PROXY`). */
  proxy?: { http?: string; https?: string; except?: string };
}

/** Chooses the way to a URL; throws SourceError `not-public` where a stranger's address leads inside. */
export interface Connections {
  to(url: URL, allowPrivate: boolean): Promise<Dispatcher>;
  close(): Promise<void>;
}

function notPublic(host: string, address: string): SourceError {
  return new SourceError(
    'refused',
    'not-public',
    `${host} leads to ${address}, which is not a public address`,
    'Only public addresses are fetched. An operator may set allowPrivate: true for a source in sources.yaml',
  );
}

const systemResolve: Resolve = (host, callback) => {
  dns.lookup(host, { all: true }, callback);
};

/** A lookup that hides addresses that are not public, so that no packet is ever sent to one. */
function guardedLookup(resolve: Resolve, allowed: (address: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    resolve(host, (error, found) => {
      const usable = error ? [] : found.filter((one) => allowed(one.address));
      const first = usable[0];
      if (error) callback(error, '', 0);
      else if (!first) callback(notPublic(host, found[0]?.address ?? 'no address'), '', 0);
      else if (options.all) callback(null, [...usable]);
      else callback(null, first.address, first.family);
    });
  };
}

/** Connects, and looks again at the address that was truly connected. */
function connector(options: ConnectOptions, allowed: (address: string) => boolean): buildConnector.connector {
  const connect = buildConnector({
    timeout: options.connectMs,
    lookup: guardedLookup(options.resolve ?? systemResolve, allowed),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error) return callback(error, null);
      const address = socket.remoteAddress ?? '';
      if (allowed(address)) return callback(null, socket);
      socket.destroy();
      return callback(notPublic(target.hostname, address), null);
    });
  };
}

/** Whether NO_PROXY (`*`, host, `.suffix`, `host:port`, comma-separated) or loopback keeps a target off the proxy. */
export function bypassesProxy(url: URL, except: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (/^(localhost|127\..*|::1)$/.test(host)) return true;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return except.split(/[\s,]+/).some((rule) => {
    const [name = '', only] = rule
      .toLowerCase()
      .replace(/^\*?\./, '')
      .split(/:(?=\d+$)/);
    if (name === '' || (only !== undefined && only !== port)) return rule === '*';
    return name === '*' || host === name || host.endsWith(`.${name}`);
  });
}

/** Ways to the outside: direct ones that check the connected address, and proxies. */
export function createConnections(options: ConnectOptions): Connections {
  const isPublic = options.isPublic ?? isPublicAddress;
  const agent = (allowed: (address: string) => boolean) =>
    new Agent({ connect: connector(options, allowed), connections: options.perHost, pipelining: 1 });
  const open = agent(() => true);
  const guarded = agent(isPublic);
  const proxies = new Map<string, ProxyAgent>();

  function proxyFor(url: URL): ProxyAgent | null {
    const uri = url.protocol === 'https:' ? options.proxy?.https : options.proxy?.http;
    if (!uri || bypassesProxy(url, options.proxy?.except ?? '')) return null;
    const known = proxies.get(uri);
    if (known) return known;
    const tls = { timeout: options.connectMs, ...(options.ca === undefined ? {} : { ca: options.ca }) };
    const made = new ProxyAgent({ uri, proxyTunnel: false, requestTls: tls, connections: options.perHost });
    proxies.set(uri, made);
    return made;
  }

  /** A proxy connects for us: what the name leads to from here is all that can be checked. */
  async function checkProxied(url: URL): Promise<void> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isAddress(host)) return;
    const resolve = options.resolve ?? systemResolve;
    const found = await new Promise<Resolved>((done) => resolve(host, (error, all) => done(error ? [] : all)));
    const inside = found.find((one) => !isPublic(one.address));
    if (inside) throw notPublic(host, inside.address);
  }

  return {
    async to(url, allowPrivate) {
      if (!allowPrivate && !isPublicHttpUrl(url.href)) throw notPublic(url.host, url.hostname);
      const proxy = proxyFor(url);
      if (proxy && !allowPrivate) await checkProxied(url);
      return proxy ?? (allowPrivate ? open : guarded);
    },
    async close() {
      await Promise.all([open, guarded, ...proxies.values()].map((one) => one.destroy()));
    },
  };
}
