import type { Certainty, Comment } from '../../core/reading.ts';
import type { Choice } from './choice.ts';
import type { Unit } from './unit.ts';
import { hits } from './vocabulary.ts';

const leadUnits = 7;

function anyIn(
  units: readonly Unit[],
  tag: 'backing' | 'hedges' | 'officials' | 'contradictions',
  limit = leadUnits,
): boolean {
  return units.slice(0, limit).some((unit) => hits(unit.marks, tag).length > 0);
}

/** Who could know denies what a newsroom reports, and the article tells both. */
function isDenied(comments: readonly Comment[]): boolean {
  return comments.some((comment) => comment.said === 'denied');
}

/**
 * How sure an article itself is: `official` when it goes back to the authority whose act it is, `confirmed` when a
 * party with direct knowledge backs it, `disputed` when one denies it, else `reported`.
 */
export function readCertainty(choice: Choice, units: readonly Unit[], comments: readonly Comment[]): Certainty {
  const contradicted = anyIn(units, 'contradictions', 3) || (choice.denies === true && anyIn(units, 'hedges', 4));
  if (contradicted) return 'disputed';
  if (choice.kind === 'official') return 'official';
  if (choice.kind === 'person') return 'confirmed';
  if (choice.kind === 'newsroom') {
    if (choice.public) return 'official';
    if (anyIn(units, 'backing')) return 'confirmed';
    return anyIn(units, 'hedges') || isDenied(comments) ? 'disputed' : 'reported';
  }
  // Officials of the state, openly and in the plural: its own word, though no office is named.
  if (anyIn(units, 'officials', 4)) return 'official';
  return anyIn(units, 'backing') ? 'confirmed' : 'reported';
}
