import { widthOf, wrap } from './fonts.ts';
import type { BarShade, PictureSpec, Shade } from './spec.ts';
import { el, textAt } from './svg.ts';
import { fillOf, type Palette } from './theme.ts';

/** Pictures are as wide as platforms show them sharply, and text is large enough at a quarter of it. */
export const pictureWidth = 1600;
export const margin = 44;
const inner = pictureWidth - 2 * margin;

/** A part of a picture: what is drawn from the top, and how far down it reaches. */
export interface Part {
  drawn: string;
  bottom: number;
}

const sizes = { title: 54, subtitle: 34, legend: 32, note: 28, footer: 26 } as const;

/** Headline and what it is about. */
export function header({ title, subtitle }: PictureSpec, palette: Palette): Part {
  const titles = wrap(title, inner, sizes.title, 'bold');
  const subtitles = wrap(subtitle, inner, sizes.subtitle);
  const first = 76;
  const below = first + (titles.length - 1) * 64 + 50;
  return {
    drawn: [
      ...titles.map((line, index) =>
        textAt(margin, first + index * 64, line, { size: sizes.title, weight: 'bold', fill: palette.text }),
      ),
      ...subtitles.map((line, index) =>
        textAt(margin, below + index * 44, line, { size: sizes.subtitle, fill: palette.muted }),
      ),
    ].join(''),
    bottom: below + (subtitles.length - 1) * 44 + 18,
  };
}

/** Swatches with their words, in as many rows as they need. */
export function legend(
  items: readonly { shade: Shade | BarShade; text: string }[],
  top: number,
  palette: Palette,
): Part {
  const [swatch, row] = [56, 54];
  let [x, y] = [margin, top];
  const drawn = items.map(({ shade, text }) => {
    const wide = swatch + 14 + widthOf(text, sizes.legend);
    if (x > margin && x + wide > pictureWidth - margin) [x, y] = [margin, y + row];
    const box = el('rect', {
      x,
      y: y + 4,
      width: swatch,
      height: 38,
      rx: 4,
      fill: fillOf(palette, shade),
      stroke: palette.muted,
      'stroke-width': 1.5,
    });
    const words = textAt(x + swatch + 14, y + 34, text, { size: sizes.legend, fill: palette.text });
    x += wide + 40;
    return box + words;
  });
  return { drawn: drawn.join(''), bottom: items.length === 0 ? top : y + row };
}

/** Notes, then date and source, at the foot. */
export function foot({ notes, footer }: PictureSpec, top: number, palette: Palette): Part {
  const lines = notes.flatMap((note) => wrap(note, inner, sizes.note));
  const footers = wrap(footer, inner, sizes.footer);
  const noted = top + lines.length * 38 + (lines.length > 0 ? 10 : 0);
  return {
    drawn: [
      ...lines.map((line, index) =>
        textAt(margin, top + 30 + index * 38, line, { size: sizes.note, fill: palette.text }),
      ),
      el('path', { d: `M${margin} ${noted + 8}H${pictureWidth - margin}`, stroke: palette.line, 'stroke-width': 2 }),
      ...footers.map((line, index) =>
        textAt(margin, noted + 46 + index * 34, line, { size: sizes.footer, fill: palette.muted }),
      ),
    ].join(''),
    bottom: noted + 46 + (footers.length - 1) * 34 + 30,
  };
}

/** The picture's own ground: legible whatever the platform's theme. */
export function ground(height: number, palette: Palette): string {
  return el('rect', { width: pictureWidth, height, fill: palette.ground });
}
