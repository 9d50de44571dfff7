import net from 'node:net';

// Tests may talk to loopback only: any other connection is a bug in the test or the product.
const loopback = /^(127\.|::1$|localhost$|::ffff:127\.)/;
const prototype = net.Socket.prototype;
const connect: unknown = Reflect.get(prototype, 'connect');

function hostOf(args: readonly unknown[]): string {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host: unknown = typeof first === 'object' && first !== null && 'host' in first ? first.host : undefined;
  return typeof host === 'string' ? host : 'localhost';
}

Reflect.set(prototype, 'connect', function (this: net.Socket, ...args: unknown[]): unknown {
  const host = hostOf(args);
  if (!loopback.test(host)) {
    process.nextTick(() => this.destroy(new Error(`tests reach loopback only, not ${host}`)));
    return this;
  }
  return typeof connect === 'function' ? Reflect.apply(connect, this, args) : this;
});
