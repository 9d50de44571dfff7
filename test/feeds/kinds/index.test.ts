import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readerOf, readers } from '../../../src/feeds/kinds/index.ts';

describe('kinds of source', () => {
  it('are exactly the folders', () => {
    const folders = readdirSync(new URL('../../../src/feeds/kinds', import.meta.url), { withFileTypes: true });
    const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(readers.map(({ format }) => format).toSorted()).toEqual(names.toSorted());
  });

  it.each(readers.map((reader) => [reader.format, reader] as const))('%s is found by its format', (format, reader) => {
    expect(readerOf(format)).toBe(reader);
  });

  it.each(readers.map((reader) => [reader.format, reader] as const))(
    '%s refuses an empty answer and a login page with a SourceError',
    async (_format, reader) => {
      const read = (body: string): Promise<unknown> =>
        reader.read(new TextEncoder().encode(body), 'text/html', { selector: '.none a' }, 'https://office.example/');
      await expect(read(' \n')).rejects.toMatchObject({ name: 'SourceError', kind: 'malformed', code: 'empty' });
      const login = read('<html><body><form>Please log in</form></body></html>');
      await expect(login).rejects.toMatchObject({ name: 'SourceError', kind: 'changed' });
    },
  );
});
