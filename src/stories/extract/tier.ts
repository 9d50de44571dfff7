import type { Reading } from '../../core/reading.ts';
import { has, type Unit } from './units.ts';

/** The tier of an entry suspension that the title, else the first sentence, tells; null when it tells several. */
export function readTier(units: readonly Unit[]): Reading['tier'] {
  for (const unit of units.slice(0, 2)) {
    if (has(unit, 'immigrant-only')) return 'immigrant-only';
    const full = has(unit, 'full');
    const partial = has(unit, 'partial');
    if (full !== partial) return full ? 'full' : 'partial';
    if (full && partial) return null;
  }
  return null;
}
