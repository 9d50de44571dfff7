import type { PictureSpec } from '../spec.ts';

/** What the thread is asked. */
export interface DrawJob {
  spec: PictureSpec;
  /** SVG alone is quicker. */
  png: boolean;
}

/** What it answers. */
export type DrawAnswer = { svg: string; png: Uint8Array | null } | { fault: string };
