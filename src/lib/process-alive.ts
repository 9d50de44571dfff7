import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Where process ids mean the same processes: the host, and on Linux the namespace that its containers have of their
 * own. Two containers that were given one host name are kept apart by it.
 */
function machine(): string {
  try {
    return `${hostname()}.${readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '')}`;
  } catch {
    return hostname();
  }
}

/** A name for this process as an owner of leases. `id` is unlike any other's. */
export function ownerName(id: string): string {
  return `${machine()}/${process.pid}-${id}`;
}

const shape = /^(?:(.*)\/)?(\d+)-/;

/**
 * Whether the process that made an owner's name (`<machine>/<pid>-<anything>`) is gone. Of another machine's nothing is
 * known: their leases run out. A name of this machine with this process's own id that is not `own` belongs to one that
 * had the id before.
 */
export function isOwnerDead(owner: string, own: string): boolean {
  const [named, mine] = [shape.exec(owner), shape.exec(own)];
  const pid = Number(named?.[2]);
  if (owner === own || named?.[1] !== mine?.[1] || !Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
