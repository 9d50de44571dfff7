import isoCountries from 'i18n-iso-countries';
import { drawMap } from './map.ts';
import type { PictureSpec } from './spec.ts';
import { loadWorld, type World } from './world.ts';

let world: World | undefined;

/** A picture as SVG. The world's outlines are worked out once a thread: that takes about a second. */
export function draw(spec: PictureSpec): string {
  if (spec.kind === 'map') {
    world ??= loadWorld((numeric) => isoCountries.numericToAlpha2(numeric));
    return drawMap(spec, world);
  }
  throw new Error('not yet');
}
