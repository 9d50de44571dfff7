import { viewViolations } from './block-rules.ts';
import { type Answer, accept, type Call, refuse } from './state.ts';

const used = Number.NEGATIVE_INFINITY;

export function publish({ state, args }: Call): Answer {
  const wrong = viewViolations(args['view']);
  if (wrong.length > 0) return refuse('invalid_arguments', { messages: wrong });
  state.homes.set(String(args['user_id']), args['view']);
  return accept({ view: { id: 'VHOME' } });
}

/** A trigger opens one window within three seconds. */
export function open({ state, args }: Call): Answer {
  const trigger = String(args['trigger_id']);
  const until = state.triggers.get(trigger);
  if (until === undefined) return refuse('invalid_trigger_id');
  if (until === used) return refuse('exchanged_trigger_id');
  if (state.now() > until) return refuse('expired_trigger_id');
  const wrong = viewViolations(args['view']);
  if (wrong.length > 0) return refuse('invalid_arguments', { messages: wrong });
  state.triggers.set(trigger, used);
  state.modals.push(args['view']);
  return accept({ view: { id: `V${state.modals.length}` } });
}

export function updateView({ state, args }: Call): Answer {
  const number = Number(/^V(\d+)$/.exec(String(args['view_id']))?.[1] ?? 0);
  if (number < 1 || number > state.modals.length) return refuse('not_found');
  const wrong = viewViolations(args['view']);
  if (wrong.length > 0) return refuse('invalid_arguments', { messages: wrong });
  state.modals[number - 1] = args['view'];
  return accept({ view: { id: args['view_id'] } });
}
