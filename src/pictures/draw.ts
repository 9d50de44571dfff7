import isoCountries from 'i18n-iso-countries';
import { drawChart } from './chart.ts';
import { drawMap } from './map.ts';
import { drawSparkline } from './sparkline.ts';
import type { PictureSpec } from './spec.ts';
import { loadWorld, type World } from './world.ts';

let world: World | undefined;

/** A picture as SVG. The world's outlines are worked out once a thread, with its first map. */
export function draw(spec: PictureSpec): string {
  switch (spec.kind) {
    case 'map':
      world ??= loadWorld((numeric) => isoCountries.numericToAlpha2(numeric));
      return drawMap(spec, world);
    case 'chart':
      return drawChart(spec);
    case 'sparkline':
      return drawSparkline(spec);
  }
}
