import type { PictureSpec } from '../spec.ts';

/** What the thread is asked. */
export interface DrawJob {
  id: number;
  spec: PictureSpec;
  /** SVG alone is quicker. */
  png: boolean;
}

/** What it answers. */
export type DrawAnswer = { id: number; svg: string; png: Uint8Array | null } | { id: number; fault: string };
