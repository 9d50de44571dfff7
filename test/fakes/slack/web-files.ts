import { isRecord } from './shape.ts';
import { type Answer, accept, type Call, refuse, type SlackState } from './state.ts';

const longestAlt = 1000;

/** Step 1: a place for the bytes. */
export function uploadUrl({ state, args }: Call): Answer {
  const length = Number(args['length']);
  if (!Number.isInteger(length) || length < 1) return refuse('missing_argument');
  const alt = typeof args['alt_txt'] === 'string' ? args['alt_txt'] : '';
  if (alt.length > longestAlt) return refuse('alt_txt_too_large');
  const id = `F${state.files.size + 1}`;
  state.files.set(id, { name: String(args['filename']), length, alt, bytes: null, state: 'open', channel: null });
  return accept({ upload_url: `${state.origin}/upload/${id}`, file_id: id });
}

/** Step 2: the bytes, as many as were announced. */
export function takeUpload(state: SlackState, id: string, bytes: number): number {
  const file = state.files.get(id);
  if (!file || file.state !== 'open') return 404;
  if (bytes !== file.length) return 400;
  Object.assign(file, { bytes, state: 'sent' });
  return 200;
}

/** Step 3: the files are there. */
export function completeUpload({ state, args }: Call): Answer {
  const files = Array.isArray(args['files']) ? args['files'] : [];
  const found = files.map((one: unknown) => state.files.get(isRecord(one) ? String(one['id']) : ''));
  const channel = args['channel_id'];
  const refusal = state.refusals.get(String(channel));
  if (refusal !== undefined) return refuse(refusal);
  if (found.length === 0 || found.some((file) => file?.state !== 'sent')) return refuse('file_not_found');
  for (const file of found)
    if (file) Object.assign(file, { state: 'complete', channel: typeof channel === 'string' ? channel : null });
  return accept({ files: files.map((one: unknown) => (isRecord(one) ? { id: one['id'], title: one['title'] } : {})) });
}
