import type { Place } from '../core/ledger-data.ts';
import { yamlTree } from '../lib/on-demand.ts';

type Path = readonly (string | number)[];

interface SourceText {
  file: string;
  text: string;
}

/**
 * Remembers where entries stand in their files, by key. Lines are looked up only when a problem asks for one,
 * since positions cost a second reading of the file.
 */
export function createPlaces(): {
  add(key: string, source: SourceText, path: Path): void;
  find(key: string): Place | null;
} {
  const known = new Map<string, { source: SourceText; path: Path }>();
  const lineOf = new Map<string, (path: Path) => number>();
  return {
    add: (key, source, path) => {
      known.set(key, { source, path });
    },
    find: (key) => {
      const entry = known.get(key);
      if (!entry) return null;
      const { file, text } = entry.source;
      const lookUp = lineOf.get(file) ?? lines(text);
      lineOf.set(file, lookUp);
      return { file, line: lookUp(entry.path) };
    },
  };
}

function lines(text: string): (path: Path) => number {
  const { isNode, LineCounter, parseDocument } = yamlTree();
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, merge: true });
  return (path) => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range ? counter.linePos(node.range[0]).line : 1;
  };
}
