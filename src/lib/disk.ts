import { statfs } from 'node:fs/promises';

/** Below this a database that grows is in danger. */
export const leastFreeBytes = 200 * 1024 * 1024;

/** What an unprivileged user may still write where `folder` is, in bytes. Throws when the folder is not there. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
