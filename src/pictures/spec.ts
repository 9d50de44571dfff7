import type { CountryCode } from '../core/country.ts';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Colour and pattern together: neither alone carries the meaning. */
export const shades = [
  'none',
  'home',
  'full',
  'partial',
  'immigrant-only',
  'other',
  'lifted',
  'added',
  'tightened',
  'eased',
  'ended',
  'classes',
  'unchanged',
  'approached',
  'in-talks',
  'agreed',
  'signed',
  'operational',
  'refused',
  'denied',
  'stopped',
] as const;
export type Shade = (typeof shades)[number];

/** Words around a picture. */
interface Frame {
  title: string;
  subtitle: string;
  /** Lines below the picture: what it cannot show by itself. */
  notes: readonly string[];
  /** Date and source. */
  footer: string;
  alt: string;
  theme: Theme;
  language: string;
}

/** A world map, as data that can cross to another thread. */
export interface MapSpec extends Frame {
  kind: 'map';
  places: readonly {
    code: CountryCode;
    shade: Shade;
    /** For the dot of a place too small to be seen. */
    name: string;
    /** Whether a small place's dot is named. */
    named: boolean;
    /** `data-` attributes of its shapes. */
    data: Readonly<Record<string, string>>;
  }[];
  legend: readonly { shade: Shade; text: string }[];
}

/** How a stretch between two steps of a matter is drawn. */
export type BarShade = Exclude<Shade, 'none' | 'home'> | 'paused' | 'neutral';

/** One development. Its date keeps its precision. */
export interface ChartEvent {
  id: string;
  date: string;
  /** Drawn as a flag, not as a step. */
  court: boolean;
  /** Official or confirmed, not merely reported. */
  firm: boolean;
  /** Shown beside the mark; empty where one label speaks for several developments. */
  label: string;
  stage: string;
  /** The bar that begins here; null where what was going on ends. */
  begins: BarShade | null;
}

export interface ChartSpec extends Frame {
  kind: 'chart';
  /** `YYYY-MM-DD`. */
  today: string;
  tracks: readonly { id: string; name: string; bars: boolean; events: readonly ChartEvent[] }[];
  legend: readonly { shade: BarShade; text: string }[];
}

export interface SparklineSpec extends Frame {
  kind: 'sparkline';
  /** Oldest first, days without articles included. */
  days: readonly { day: string; articles: number; originators: number }[];
}

export type PictureSpec = MapSpec | ChartSpec | SparklineSpec;
