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

const sizes = { title: 60, subtitle: 42, legend: 40, note: 36, footer: 32 } as const;

/** Headline and what it is about. */
export function header({ title, subtitle }: PictureSpec, palette: Palette): Part {
  const titles = wrap(title, inner, sizes.title, 'bold');
  const subtitles = wrap(subtitle, inner, sizes.subtitle);
  const first = 80;
  const below = first + (titles.length - 1) * 70 + 58;
  return {
    drawn: [
      ...titles.map((line, index) =>
        textAt(margin, first + index * 70, line, { size: sizes.title, weight: 'bold', fill: palette.text }),
      ),
      ...subtitles.map((line, index) =>
        textAt(margin, below + index * 52, line, { size: sizes.subtitle, fill: palette.muted }),
      ),
    ].join(''),
    bottom: below + (subtitles.length - 1) * 52 + 22,
  };
}

/** Swatches with their words, in as many rows as they need. */
export function legend(
  items: readonly { shade: Shade | BarShade; text: string }[],
  top: number,
  palette: Palette,
): Part {
  const [swatch, row] = [64, 62];
  let [x, y] = [margin, top];
  const drawn = items.map(({ shade, text }) => {
    const wide = swatch + 14 + widthOf(text, sizes.legend);
    if (x > margin && x + wide > pictureWidth - margin) [x, y] = [margin, y + row];
    const box = el('rect', {
      x,
      y: y + 4,
      width: swatch,
      height: 44,
      rx: 4,
      fill: fillOf(palette, shade),
      stroke: palette.muted,
      'stroke-width': 1.5,
    });
    const words = textAt(x + swatch + 14, y + 40, text, { size: sizes.legend, fill: palette.text });
    x += wide + 40;
    return box + words;
  });
  return { drawn: drawn.join(''), bottom: items.length === 0 ? top : y + row };
}

/** Notes, then date and source, at the foot. */
export function foot({ notes, footer }: PictureSpec, top: number, palette: Palette): Part {
  const lines = notes.flatMap((note) => wrap(note, inner, sizes.note));
  const footers = wrap(footer, inner, sizes.footer);
  const noted = top + lines.length * 48 + (lines.length > 0 ? 10 : 0);
  return {
    drawn: [
      ...lines.map((line, index) =>
        textAt(margin, top + 36 + index * 48, line, { size: sizes.note, fill: palette.text }),
      ),
      el('path', { d: `M${margin} ${noted + 8}H${pictureWidth - margin}`, stroke: palette.line, 'stroke-width': 2 }),
      ...footers.map((line, index) =>
        textAt(margin, noted + 52 + index * 42, line, { size: sizes.footer, fill: palette.muted }),
      ),
    ].join(''),
    bottom: noted + 52 + (footers.length - 1) * 42 + 32,
  };
}

/** The picture's own ground: legible whatever the platform's theme. */
export function ground(height: number, palette: Palette): string {
  return el('rect', { width: pictureWidth, height, fill: palette.ground });
}
