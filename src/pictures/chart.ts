import { heightsOf, placeFlags } from './flags.ts';
import { cutTo, widthOf } from './fonts.ts';
import { foot, ground, header, legend, margin, type Part, pictureWidth } from './frame.ts';
import { type TimeScale, timeScale } from './scale.ts';
import type { BarShade, ChartEvent, ChartSpec } from './spec.ts';
import { el, round, svgDocument, textAt } from './svg.ts';
import { fillOf, type Palette, palettes, patterns } from './theme.ts';
import { shortDay } from './words.ts';

const [left, right] = [margin + 16, pictureWidth - margin - 16];
const label = { size: 36, row: 52, reach: 12 } as const;
const nameSize = 38;
const barHeight = 26;
const tickSize = 32;
const markSize = 36;

type Track = ChartSpec['tracks'][number];

/** Developments on a time axis as SVG: a track a matter, bars from step to step, each mark with its `data-event`. */
export function drawChart(spec: ChartSpec): string {
  const palette = palettes[spec.theme];
  const top = header(spec, palette);
  const dates = [spec.today, ...spec.tracks.flatMap(({ events }) => events.map(({ date }) => date))];
  const scale = timeScale(dates, left, right, tickSize);
  const now = scale.x(spec.today);
  const tracks: string[] = [];
  let y = top.bottom + 10;
  for (const track of spec.tracks) {
    const part = trackPart(track, spec.title, y, { scale, now, palette });
    tracks.push(part.drawn);
    y = part.bottom;
  }
  const axis = axisPart(top.bottom, y, { scale, now, palette }, spec.today);
  const keys = legend(spec.legend, axis.bottom + 14, palette);
  const marks = markLegend(spec, keys.bottom, palette);
  const end = foot(spec, marks.bottom + 4, palette);
  const used = new Set<BarShade>([...spec.legend.map(({ shade }) => shade), ...shadesOf(spec)]);
  return svgDocument(
    { width: pictureWidth, height: end.bottom },
    { title: spec.title, description: spec.alt, language: spec.language },
    patterns(palette, used),
    ground(end.bottom, palette),
    top.drawn,
    axis.drawn,
    ...tracks,
    keys.drawn,
    marks.drawn,
    end.drawn,
  );
}

interface Ground {
  scale: TimeScale;
  now: number;
  palette: Palette;
}

function shadesOf({ tracks }: ChartSpec): readonly BarShade[] {
  return tracks.flatMap(({ events }) => events.flatMap(({ begins }) => begins ?? []));
}

/** Ticks behind the tracks, their words below, breaks, and today. */
function axisPart(top: number, bottom: number, { scale, now, palette }: Ground, today: string): Part {
  const thin = { stroke: palette.line, 'stroke-width': 1.5, fill: 'none' };
  const words = `Today, ${shortDay(today)}`;
  const half = widthOf(words, tickSize, 'bold') / 2;
  const nowX = Math.min(now, pictureWidth - margin - half);
  return {
    drawn: [
      ...scale.ticks.map(({ x }) => el('path', { d: `M${round(x)} ${round(top)}V${round(bottom)}`, ...thin })),
      el('path', { d: `M${left} ${round(bottom)}H${right}`, stroke: palette.muted, 'stroke-width': 2 }),
      ...scale.breaks.map((x) =>
        el(
          'g',
          { 'data-break': 'yes' },
          el('rect', { x: x - 9, y: bottom - 14, width: 18, height: 28, fill: palette.ground }),
          el('path', {
            d: `M${round(x - 13)} ${round(bottom + 12)}l8-24M${round(x + 5)} ${round(bottom + 12)}l8-24`,
            stroke: palette.muted,
            'stroke-width': 3,
          }),
        ),
      ),
      el('path', {
        d: `M${round(now)} ${round(top)}V${round(bottom + 60)}`,
        stroke: palette.accent,
        'stroke-width': 4,
        'data-now': today,
      }),
      ...scale.ticks.map(({ x, text }) =>
        textAt(x, bottom + 46, text, { size: tickSize, fill: palette.muted, anchor: 'middle' }, { 'data-tick': text }),
      ),
      textAt(
        nowX,
        bottom + 92,
        words,
        { size: tickSize, weight: 'bold', fill: palette.accent, anchor: 'middle' },
        { 'data-tick': 'today' },
      ),
    ].join(''),
    bottom: bottom + 112,
  };
}

/** One matter: its name, labels above, the bar with its marks, labels below. */
function trackPart(track: Track, title: string, top: number, on: Ground): Part {
  // One matter's chart is called what its track is.
  const name = track.name === title ? '' : cutTo(track.name, pictureWidth - 2 * margin, nameSize, 'bold');
  const { scale, palette } = on;
  const labelled = track.events.filter((event) => event.label !== '');
  const flags = labelled.map((event) => {
    const x = scale.x(event.date);
    const room = Math.max(x - margin, pictureWidth - margin - x) - label.reach;
    const text = cutLabel(event.label, room);
    return { x, text, width: widthOf(text, label.size) + label.reach };
  });
  const placed = placeFlags(flags, margin, pictureWidth - margin);
  const levels = heightsOf(placed);
  const named = name === '' ? top : top + nameSize + 22;
  const bar = named + levels.up * label.row + 8;
  const bottom = bar + barHeight + levels.down * label.row + 40;
  const stemAndLabel = flags.map(({ x, text }, index) => {
    const { side, level } = placed[index] ?? { side: 'up', level: 0 };
    const baseline = side === 'up' ? bar - 24 - level * label.row : bar + barHeight + 44 + level * label.row;
    const from = side === 'up' ? bar : bar + barHeight;
    const end = side === 'up' ? baseline - label.size * 0.7 : baseline;
    return {
      stem: el('path', { d: `M${round(x)} ${round(from)}V${round(end)}`, stroke: palette.muted, 'stroke-width': 2 }),
      words: wordsAt(side, x, baseline, text, palette, labelled[index]?.id ?? ''),
    };
  });
  return {
    drawn: el(
      'g',
      { 'data-track': track.id },
      name === ''
        ? ''
        : textAt(
            margin,
            top + nameSize,
            name,
            { size: nameSize, weight: 'bold', fill: palette.text, halo: palette.ground },
            { 'data-name': track.id },
          ),
      ...stemAndLabel.map(({ stem }) => stem),
      barOf(track, bar, on),
      ...track.events.map((event) => markOf(event, scale.x(event.date), bar, palette)),
      ...stemAndLabel.map(({ words }) => words),
    ),
    bottom,
  };
}

/** A label on its own ground, which hides what would run through it: letters with an outline take long to draw. */
function wordsAt(side: 'up' | 'down', x: number, y: number, text: string, palette: Palette, id: string): string {
  const width = widthOf(text, label.size);
  const left = side === 'up' ? x + label.reach : x - label.reach - width;
  return (
    el('rect', {
      x: left - 4,
      y: y - label.size * 0.9,
      width: width + 8,
      height: label.size * 1.2,
      fill: palette.ground,
    }) + textAt(left, y, text, { size: label.size, fill: palette.text }, { 'data-label': id })
  );
}

/** A label cut to a width: what happened is cut, when it happened is kept. */
function cutLabel(text: string, width: number): string {
  const [, what, when] = /^(.*)( · [^·]*)$/.exec(text) ?? [];
  if (what === undefined || when === undefined) return cutTo(text, width, label.size);
  return `${cutTo(what, width - widthOf(when, label.size), label.size)}${when}`;
}

function barOf(track: Track, top: number, { scale, now, palette }: Ground): string {
  const base = el('rect', { x: left, y: top + barHeight / 2 - 2, width: right - left, height: 4, fill: palette.line });
  if (!track.bars) return base;
  const stretches = track.events.flatMap(({ begins, date }, index) => {
    if (begins === null) return [];
    const next = track.events[index + 1];
    const [from, to] = [scale.x(date), next ? scale.x(next.date) : now];
    if (to - from < 1) return [];
    return [
      el('rect', {
        x: from,
        y: top,
        width: to - from,
        height: barHeight,
        fill: fillOf(palette, begins),
        'data-bar': begins,
      }),
    ];
  });
  return base + stretches.join('');
}

/** A disc for a step, hollow while it is only reported; a flag for what a court did. */
function markOf({ id, court, stage, firm }: ChartEvent, x: number, top: number, palette: Palette): string {
  const data = { 'data-event': id, 'data-stage': stage };
  const middle = top + barHeight / 2;
  const ring = { stroke: palette.text, 'stroke-width': 3, fill: firm ? palette.text : palette.ground };
  if (!court) return el('circle', { cx: x, cy: middle, r: 11, ...ring, ...data });
  return el('path', {
    d: `M${round(x)} ${round(middle + 15)}V${round(middle - 15)}l20 8l-20 8`,
    ...ring,
    'stroke-linejoin': 'round',
    ...data,
  });
}

/** What marks mean, in words. */
function markLegend(spec: ChartSpec, top: number, palette: Palette): Part {
  const events = spec.tracks.flatMap((track) => track.events);
  const kinds = [
    { text: 'Step', event: events.find(({ court, firm }) => !court && firm) },
    { text: 'Step, reported only', event: events.find(({ court, firm }) => !court && !firm) },
    { text: 'Court event', event: events.find(({ court }) => court) },
  ];
  let x = margin + 14;
  const drawn = kinds.flatMap(({ text, event }) => {
    if (!event) return [];
    const mark = markOf(event, x, top + 14, palette).replaceAll(/ data-(event|stage)="[^"]*"/g, '');
    const words = textAt(x + 36, top + 40, text, { size: markSize, fill: palette.text });
    x += 36 + widthOf(text, markSize) + 60;
    return [mark, words];
  });
  return { drawn: drawn.join(''), bottom: drawn.length === 0 ? top : top + 64 };
}
