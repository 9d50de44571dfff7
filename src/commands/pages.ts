import { UserError } from '../core/errors.ts';
import type { Action, Block } from '../core/message.ts';

/** A part of a long list, and the way to the parts beside it. */
export interface Page<T> {
  shown: readonly T[];
  /** From 1. */
  page: number;
  pages: number;
  actions: readonly Action[];
  /** Which page it is, to follow a sentence; empty for one page. */
  words: string;
  /** How a page is asked for where a button would not hold the question; nothing for one page. */
  blocks: readonly Block[];
}

export interface Paging {
  /** How many on a page. */
  size: number;
  /** The page asked for, in words; when absent, the one that the list opens at. */
  asked: string | undefined;
  /** Asks for the same list. */
  command: string;
  /** The last page of what is told oldest first, else the first. */
  opensAt: 'first' | 'last';
}

/** The page of a list. Throws UserError for a page that there is not. */
export function pageOf<T>(all: readonly T[], { size, asked, command, opensAt }: Paging): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = asked === undefined ? (opensAt === 'last' ? pages : 1) : Number(asked);
  if (!Number.isInteger(page) || page < 1 || page > pages)
    throw new UserError(`There is no page “${asked}”. Pages go from 1 to ${pages}.`);
  const go = (label: string, to: number): Action[] =>
    to < 1 || to > pages ? [] : [{ kind: 'command', label, command: `${command} page:${to}` }];
  const [before, after] = opensAt === 'last' ? ['Earlier', 'Later'] : ['Previous page', 'Next page'];
  return {
    shown: all.slice((page - 1) * size, page * size),
    page,
    pages,
    actions: [...go(before, page - 1), ...go(after, page + 1)],
    words: pages === 1 ? '' : ` Page ${page} of ${pages}.`,
    blocks:
      pages === 1 ? [] : [{ kind: 'note', line: [`For another page, ask the same with page:1 to page:${pages}.`] }],
  };
}

/** The option that asks for a page. */
export const pageOption = { name: 'page', summary: 'a page of the answer', type: 'number' } as const;
