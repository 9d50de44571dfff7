import type { ParsedFeed } from '../../core/article.ts';
import type { SourceConfig } from '../../core/source-ports.ts';

/** One way of reading a source's answer. Pure: bytes in, items out; runs in the parser's worker. */
export interface SourceKindReader {
  /** The word in `format:` of a source. */
  format: SourceConfig['format'];
  /**
   * @param bytes after decompression
   * @param contentType the HTTP header, or null
   * @param url the address that answered, after redirects
   * @throws SourceError `malformed` or `changed`, and nothing else
   */
  read(
    bytes: Uint8Array,
    contentType: string | null,
    source: Pick<SourceConfig, 'selector'>,
    url: string,
  ): Promise<ParsedFeed>;
}
