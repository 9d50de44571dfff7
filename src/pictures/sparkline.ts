import { foot, ground, header, margin, pictureWidth } from './frame.ts';
import type { SparklineSpec } from './spec.ts';
import { el, round, svgDocument, textAt } from './svg.ts';
import { palettes } from './theme.ts';
import { shortDay } from './words.ts';

const height = 230;
const textSize = 36;

/** Coverage day by day as SVG: a bar of articles, and in front of it a slimmer one of originators. */
export function drawSparkline(spec: SparklineSpec): string {
  const palette = palettes[spec.theme];
  const top = header(spec, palette);
  const most = Math.max(1, ...spec.days.map(({ articles }) => articles));
  const base = top.bottom + height;
  const slot = (pictureWidth - 2 * margin) / Math.max(1, spec.days.length);
  const wide = Math.min(120, slot * 0.72);
  const bars = spec.days.flatMap(({ day, articles, originators }, index) => {
    const x = margin + slot * index + (slot - wide) / 2;
    const bar = (count: number, width: number, fill: string, data: Record<string, string | number>): string => {
      const tall = (count / most) * (height - 56);
      return el('rect', { x: x + (wide - width) / 2, y: base - tall, width, height: tall, fill, ...data });
    };
    return [
      bar(articles, wide, palette.line, {
        'data-day': day,
        'data-articles': articles,
        'data-originators': originators,
      }),
      bar(originators, wide * 0.5, palette.accent, {}),
      articles > 0 && slot > 40
        ? textAt(x + wide / 2, base - (articles / most) * (height - 56) - 10, `${articles}`, {
            size: textSize,
            weight: 'bold',
            fill: palette.text,
            anchor: 'middle',
          })
        : '',
    ];
  });
  const [first, last] = [spec.days[0]?.day ?? '', spec.days.at(-1)?.day ?? ''];
  const ends = [
    textAt(margin, base + 44, shortDay(first), { size: textSize, fill: palette.muted }),
    ...(first === last
      ? []
      : [
          textAt(pictureWidth - margin, base + 44, shortDay(last), {
            size: textSize,
            fill: palette.muted,
            anchor: 'end',
          }),
        ]),
  ];
  const key = swatches(base + 74, palette);
  const end = foot(spec, base + 130, palette);
  return svgDocument(
    { width: pictureWidth, height: end.bottom },
    { title: spec.title, description: spec.alt, language: spec.language },
    ground(end.bottom, palette),
    top.drawn,
    ...bars,
    el('path', { d: `M${margin} ${round(base)}H${pictureWidth - margin}`, stroke: palette.muted, 'stroke-width': 2 }),
    ...ends,
    key,
    end.drawn,
  );
}

function swatches(y: number, palette: (typeof palettes)['light']): string {
  const item = (x: number, fill: string, text: string): string =>
    el('rect', { x, y, width: 34, height: 34, fill }) +
    textAt(x + 48, y + 28, text, { size: textSize, fill: palette.text });
  return item(margin, palette.line, 'articles') + item(margin + 260, palette.accent, 'originators they go back to');
}
