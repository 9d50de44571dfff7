/** Bytes of a document after decompression; the rest is not read. */
export const maxBytes = 15_000_000;
/** Items of one document; the rest is not read. */
export const maxItems = 5_000;
/** Entries that one document may say are deleted; the rest is not read. */
export const maxDeleted = 500;
/** Characters of one field; the rest of the field is dropped. */
export const maxField = 512 * 1024;
/** Elements open at once; deeper ones are read as if they were flat. */
export const maxDepth = 200;
