import type { TimelineEvent } from '../core/ledger.ts';
import type { BarShade } from './spec.ts';

const removals: Readonly<Record<string, BarShade>> = {
  approached: 'approached',
  considered: 'approached',
  'in-talks': 'in-talks',
  agreed: 'agreed',
  signed: 'signed',
  operational: 'operational',
  'block-lifted': 'operational',
  refused: 'refused',
  denied: 'denied',
  suspended: 'stopped',
  blocked: 'stopped',
};

/** What a matter's bar shows from a step on; steps that change nothing let it go on. Null: nothing goes on. */
export function barAfter({ kind, stage, title }: TimelineEvent, before: BarShade | null): BarShade | null {
  if (kind === 'removal') return removals[stage] ?? before;
  if (kind === 'court') return courtBar(stage, before);
  if (stage === 'lifted') return null;
  if (stage === 'blocked') return 'stopped';
  if (stage === 'considered' || stage === 'announced' || stage === 'signed') return before ?? 'unchanged';
  if (kind === 'other') return 'other';
  if (/immigrant/i.test(title) && !/partial|full/i.test(title)) return 'immigrant-only';
  if (/\bfull\b/i.test(title)) return 'full';
  if (/\bpartial\b/i.test(title)) return 'partial';
  return before === null || before === 'unchanged' || before === 'stopped' ? 'other' : before;
}

/** An order that stops a policy, a stay of it, and else the case as such: which law holds is not for a bar to say. */
function courtBar(stage: string, before: BarShade | null): BarShade {
  if (stage === 'tro' || stage === 'injunction' || stage === 'interim-order') return 'paused';
  if (stage === 'stayed' || stage === 'reversed' || stage === 'remanded' || stage === 'cert-granted') return 'neutral';
  return before ?? 'neutral';
}

export const barWords: Readonly<Record<BarShade, string>> = {
  full: 'Full suspension',
  partial: 'Partial suspension',
  'immigrant-only': 'Immigrants only',
  other: 'In force',
  lifted: 'Lifted',
  added: 'Newly suspended',
  tightened: 'Tightened',
  eased: 'Eased',
  ended: 'Ended',
  classes: 'Other visa classes',
  unchanged: 'Not yet in effect',
  approached: 'Asked',
  'in-talks': 'In talks',
  agreed: 'Agreed',
  signed: 'Signed',
  operational: 'People arrived',
  refused: 'Refused',
  denied: 'Denied',
  stopped: 'Blocked or suspended',
  paused: 'Court order against it',
  neutral: 'Case goes on',
};
