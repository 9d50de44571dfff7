import type { ParsedFeed } from '../../core/article.ts';
import type { SourceErrorKind } from '../../core/errors.ts';
import type { SourceConfig } from '../../core/source-ports.ts';

/** What a worker is asked. */
export interface ReadJob {
  format: SourceConfig['format'];
  bytes: Uint8Array;
  contentType: string | null;
  selector: string | null;
  url: string;
}

/** What it answers. Errors cross threads as their fields. */
export type ReadAnswer =
  | { feed: ParsedFeed }
  | { fault: { kind: SourceErrorKind; code: string; message: string; hint: string } };
