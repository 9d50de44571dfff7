import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto';
import { ConfigError } from '../../core/errors.ts';

/** Seals secrets for the database: AES-256-GCM, bound to the name of what they belong to. */
export interface Seal {
  close(text: string, name: string): string;
  /** Null when no key opens it. `stale`: sealed with an older key, to be sealed anew. */
  open(sealed: string, name: string): { text: string; stale: boolean } | null;
  /** A secret for other uses, that does not tell the key. */
  derive(purpose: string): string;
}

const setting = 'BORDERWIRE_ENCRYPTION_KEY';
const shortest = 32;
const remedy = 'Set it to the output of: openssl rand -hex 32';
const form = /^v1\.([0-9a-f]{8})\.([\w-]+)\.([\w-]+)\.([\w-]*)$/;

interface Key {
  id: string;
  bytes: Buffer;
}

/**
 * From one key, or several separated by commas: the first seals, every one opens. Throws ConfigError when it is
 * missing or too short.
 */
export function createSeal(keys: string | undefined): Seal {
  if (keys === undefined || keys.trim() === '')
    throw new ConfigError(setting, 'is missing, and tokens of workspaces are not stored in the clear', remedy);
  const ring = keys.split(',').map((key) => keyOf(key.trim()));
  const [first] = ring;
  if (!first) throw new ConfigError(setting, 'holds no key', remedy);
  return {
    close: (text, name) => close(first, text, name),
    open: (sealed, name) => {
      const key = ring.find((one) => one.id === form.exec(sealed)?.[1]);
      const text = key ? open(key, sealed, name) : null;
      return text === null ? null : { text, stale: key !== first };
    },
    derive: (purpose) => createHash('sha256').update(first.bytes).update(purpose).digest('hex'),
  };
}

function keyOf(key: string): Key {
  if (key.length < shortest)
    throw new ConfigError(setting, `holds a key of ${key.length} characters; ${shortest} are the fewest`, remedy);
  const bytes = scryptSync(key, 'borderwire installations', 32);
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}

function close({ id, bytes }: Key, text: string, name: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce).setAAD(Buffer.from(name));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', id, ...[nonce, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
}

function open({ bytes }: Key, sealed: string, name: string): string | null {
  const [nonce, tag, data] = (form.exec(sealed) ?? []).slice(2).map((part) => Buffer.from(part, 'base64url'));
  if (!nonce || !tag || !data || tag.length !== 16) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', bytes, nonce).setAAD(Buffer.from(name)).setAuthTag(tag);
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
  } catch {
    // Changed, or moved here from another workspace's row.
    return null;
  }
}
