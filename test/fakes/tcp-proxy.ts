import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  port: number;
  /** Nothing passes any more, in either direction, and nobody is told; new connections are taken and left waiting. */
  silence(): void;
  /** Connections break, new ones are refused. */
  cut(): void;
  /** Everything passes again; what waited goes on. */
  mend(): void;
  close(): Promise<void>;
}

/** A network that can fail, between a program and a port of 127.0.0.1. */
export async function openTcpProxy(target: number): Promise<TcpProxy> {
  let state: 'open' | 'silent' | 'cut' = 'open';
  const pairs = new Set<readonly [Socket, Socket]>();
  const each = (work: (socket: Socket) => void) => {
    for (const pair of pairs) for (const socket of pair) work(socket);
  };
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(target, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [socket, other] of [pair, [far, near] as const]) {
      socket.on('data', (bytes) => other.write(bytes));
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        other.destroy();
      });
      if (state === 'silent') socket.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    silence: () => {
      state = 'silent';
      each((socket) => socket.pause());
    },
    cut: () => {
      state = 'cut';
      each((socket) => socket.destroy());
    },
    mend: () => {
      state = 'open';
      each((socket) => socket.resume());
    },
    close: async () => {
      each((socket) => socket.destroy());
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
