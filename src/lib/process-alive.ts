/**
 * Whether the process that made an owner's name (`<pid>-<anything>`) is gone from this machine. A name that begins with
 * this process's own id but is not `own` belongs to one that had the id before, as in a container that starts again.
 */
export function isOwnerDead(owner: string, own: string): boolean {
  const pid = Number(/^(\d+)-/.exec(owner)?.[1] ?? Number.NaN);
  if (owner === own || !Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
