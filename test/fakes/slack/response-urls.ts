import { messageBlockViolations } from './block-rules.ts';
import { flag, isRecord, object, string, word } from './shape.ts';
import type { Answer } from './state.ts';

export interface Responded {
  id: string;
  text: string;
  blocks: readonly unknown[];
  ephemeral: boolean;
  body: Readonly<Record<string, unknown>>;
}

export interface ResponseUrls {
  /** A new address’s id. */
  create(): string;
  answer(id: string, body: unknown): Answer;
  /** What people saw through them, oldest first. */
  shown: Responded[];
  /** Why answers were refused. */
  refused: string[];
}

const uses = 5;
const livesMs = 30 * 60_000;
const shape = object({
  text: string(40_000),
  'blocks?': () => [],
  'response_type?': word('ephemeral', 'in_channel'),
  'replace_original?': flag(),
  'delete_original?': flag(),
  'thread_ts?': string(50),
});

/** Addresses that take five answers within half an hour. */
export function createResponseUrls(now: () => number): ResponseUrls {
  const open = new Map<string, { until: number; used: number }>();
  const shown: Responded[] = [];
  const refused: string[] = [];
  const refuse = (error: string, status = 404): Answer => {
    refused.push(error);
    return { status, body: { ok: false, error } };
  };
  return {
    shown,
    refused,
    create: () => {
      const id = `r${open.size + 1}`;
      open.set(id, { until: now() + livesMs, used: 0 });
      return id;
    },
    answer: (id, body) => {
      const url = open.get(id);
      if (!url || now() > url.until) return refuse('expired_url');
      if (url.used >= uses) return refuse('used_url');
      const wrong = [
        ...shape(body, 'body'),
        ...(isRecord(body) && body['blocks'] !== undefined ? messageBlockViolations(body['blocks']) : []),
      ];
      if (wrong.length > 0 || !isRecord(body)) return refuse(`invalid_payload: ${wrong.join('; ')}`, 400);
      url.used += 1;
      shown.push({
        id,
        text: String(body['text']),
        blocks: Array.isArray(body['blocks']) ? body['blocks'] : [],
        ephemeral: body['response_type'] !== 'in_channel',
        body,
      });
      return { status: 200, body: { ok: true } };
    },
  };
}
