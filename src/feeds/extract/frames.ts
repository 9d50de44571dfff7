import type { Capture } from './capture.ts';
import type { FeedDraft, ItemDraft } from './draft.ts';
import type { Field } from './fields.ts';
import { outerScope, type Scope } from './namespaces.ts';

/**
 * What the content of an open element is to us: nothing yet (`outside`), a feed's or item's fields, a field, a part
 * of a person, what a feed asks, markup within a field, its wrapper that is not kept, or nothing at all (`skip`).
 */
export type Role = 'outside' | 'feed' | 'item' | 'field' | 'part' | 'hint' | 'markup' | 'wrapper' | 'skip';

export type Attributes = ReadonlyMap<string, string>;
export const noAttributes: Attributes = new Map();

/** An open element. */
export interface Frame {
  /** As written, lower case: what its end tag must match. */
  raw: string;
  /** As `resolveName` gives it. */
  name: string;
  role: Role;
  scope: Scope;
  /** Address that relative ones within are relative to. */
  base: string;
  /** Where text goes: the element's own field, or the one it stands in. */
  capture: Capture | null;
  field: Field<string> | null;
  attributes: Attributes;
}

export interface Walk {
  feed: FeedDraft;
  /** The item being read. */
  item: ItemDraft | null;
  frames: Frame[];
  /** How many elements of a raw name are open: an end tag without a start costs nothing. */
  openCounts: Map<string, number>;
  /** Elements open beyond the depth limit; their tags are only counted. */
  beyond: number;
  /** The item limit is reached. */
  finished: boolean;
  outer: Frame;
}

export function newWalk(feed: FeedDraft, url: string): Walk {
  const outer: Frame = {
    raw: '',
    name: '',
    role: 'outside',
    scope: outerScope(),
    base: url,
    capture: null,
    field: null,
    attributes: noAttributes,
  };
  return { feed, item: null, frames: [], openCounts: new Map(), beyond: 0, finished: false, outer };
}

export function innermost(walk: Walk): Frame {
  return walk.frames.at(-1) ?? walk.outer;
}

export function pushFrame(walk: Walk, frame: Frame): void {
  walk.frames.push(frame);
  walk.openCounts.set(frame.raw, (walk.openCounts.get(frame.raw) ?? 0) + 1);
}
