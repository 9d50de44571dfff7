import { UserError } from '../core/errors.ts';
import type { Action } from '../core/message.ts';

/** A part of a long list, and the way to the parts beside it. */
export interface Page<T> {
  shown: readonly T[];
  /** From 1. */
  page: number;
  pages: number;
  actions: readonly Action[];
}

/**
 * The page asked for of a list told oldest first, the last one when none was; `command` asks for the same list.
 * Throws UserError for a page that there is not.
 */
export function pageOf<T>(all: readonly T[], size: number, asked: string | undefined, command: string): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = asked === undefined ? pages : Number(asked);
  if (!Number.isInteger(page) || page < 1 || page > pages)
    throw new UserError(`There is no page “${asked}”. Pages go from 1 to ${pages}.`);
  const go = (label: string, to: number): Action[] =>
    to < 1 || to > pages ? [] : [{ kind: 'command', label, command: `${command} page:${to}` }];
  return {
    shown: all.slice((page - 1) * size, page * size),
    page,
    pages,
    actions: [...go('Earlier', page - 1), ...go('Later', page + 1)],
  };
}
