import { createHash } from 'node:crypto';
import type { Picture } from '../core/message.ts';
import type { Log } from '../core/ports.ts';
import type { PictureSpec } from './spec.ts';
import type { Studio } from './worker/studio.ts';

/** Pictures as messages carry them. */
export interface Gallery {
  /** The picture, or undefined when it could not be drawn in time: the answer then goes out without it. Never rejects. */
  picture(spec: PictureSpec): Promise<Picture | undefined>;
}

export interface GalleryOptions {
  studio: Pick<Studio, 'draw'>;
  log: Log;
  /** Pictures kept, newest used last. */
  kept?: number;
  /** Milliseconds that an answer waits for its picture. One that comes later is kept for the next who asks. */
  patienceMs?: number | undefined;
}

/** Draws each picture once: what has the same content has the same picture. */
export function createGallery({ studio, log, kept = 24, patienceMs = 8_000 }: GalleryOptions): Gallery {
  const pictures = new Map<string, Promise<Picture | undefined>>();

  async function drawn(spec: PictureSpec, key: string): Promise<Picture | undefined> {
    try {
      const { png } = await studio.draw(spec, 'png');
      return png === null ? undefined : { png, name: nameOf(spec, key), alt: spec.alt };
    } catch (error) {
      log.warn({ err: error, picture: spec.title }, 'picture could not be drawn');
      // Not kept: the next who asks may have more luck.
      pictures.delete(key);
      return undefined;
    }
  }

  return {
    picture: (spec) => {
      const key = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 16);
      const picture = pictures.get(key) ?? drawn(spec, key);
      pictures.delete(key);
      pictures.set(key, picture);
      for (const oldest of [...pictures.keys()].slice(0, Math.max(0, pictures.size - kept))) pictures.delete(oldest);
      return withPatience(picture, patienceMs);
    },
  };
}

function nameOf(spec: PictureSpec, key: string): string {
  return `borderwire-${spec.kind}-${key.slice(0, 8)}.png`;
}

function withPatience(picture: Promise<Picture | undefined>, ms: number): Promise<Picture | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([picture, late]).finally(() => clearTimeout(timer));
}
