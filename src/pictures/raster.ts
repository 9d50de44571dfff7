import { Resvg } from '@resvg/resvg-js';
import { fontFilesFor } from './fonts.ts';
import { indexedPng } from './png.ts';

/** SVG to PNG, with the packages' fonts and no others. Throws when the SVG is no SVG. */
export function pngOf(svg: string): Uint8Array {
  const drawing = new Resvg(svg, {
    font: { fontFiles: [...fontFilesFor(svg)], loadSystemFonts: false, defaultFontFamily: 'Noto Sans' },
  });
  const { pixels, width, height } = drawing.render();
  return indexedPng(pixels, width, height);
}
