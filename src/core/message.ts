/**
 * Foreign and own text alike is plain: renderers escape it for their platform. `foreign` are words of others, such as an
 * outlet's headline: they stay as they are in every language.
 */
export type Span = string | { text: string; url?: string; strong?: boolean; foreign?: true };
/** An outlet's or a document's own words, linked where there is an address. */
export function quoted(text: string, url: string | null): Span {
  return url === null ? { text, foreign: true } : { text, url, foreign: true };
}

export type Line = readonly Span[];

export type Block =
  | { kind: 'text'; lines: readonly Line[] }
  | { kind: 'fields'; fields: readonly { name: string; value: Line }[] }
  | { kind: 'list'; items: readonly Line[] }
  | { kind: 'heading'; text: string }
  | { kind: 'note'; line: Line };

/**
 * A button. `link` opens; `command` runs a command again with these words, for whoever presses it. `foreign` is what of
 * its label is an outlet's own.
 */
export type Action =
  | { kind: 'link'; label: string; url: string }
  | { kind: 'command'; label: string; command: string; foreign?: string };

/** A picture with the words that say the same. */
export interface Picture {
  png: Uint8Array;
  name: string;
  alt: string;
}

/** What a person sees, on every platform. Adapters render it within their limits. */
export interface Message {
  title: string;
  /** One plain line for notifications and screen readers. */
  plain: string;
  blocks: readonly Block[];
  footer?: Line;
  actions?: readonly Action[];
  picture?: Picture;
  /** What it is about, in single words or names: forums that have such a tag show it. */
  tags?: readonly string[];
  /** What of its title and its plain line is an outlet's own: it stays as it is in every language. */
  foreign?: string;
  /** Tone of the accent, beside the words that say it: never colour alone. */
  tone?: 'reported' | 'disputed' | 'confirmed' | 'official' | 'neutral' | 'error';
}

/** A command's answer. */
export interface Reply {
  message: Message;
  /** The `--json` form; its schema is in docs/schemas. */
  data: unknown;
  /** The whole answer as a file for machines: written as it is where files are not sent. `name` has its extension. */
  file?: { name: string; text: string };
  /** Only the asker sees it. */
  private: boolean;
  /** 0 answered, 1 failed, 2 the question cannot be answered as asked. */
  exitCode: 0 | 1 | 2;
}
