import { describe, expect, it } from 'vitest';
import { agreed, asked, banned, refused, twins } from '../near-twins.ts';
import { articleOf, developmentReader, noProvenance } from './fixtures.ts';

const read = developmentReader();
const cases = [...agreed, ...refused, ...asked].flatMap((frame) =>
  Object.entries(twins[frame.language] ?? {}).map(([code, name]) => ({ ...frame, code, name })),
);

describe('near-twins told in the same words', () => {
  it.each(cases)('keeps $code apart in $language, $stage', ({ language, title, lead, stage, code, name }) => {
    const article = articleOf({
      language,
      title: title.replaceAll('{}', name),
      text: lead.replaceAll('{}', name),
    });
    const reading = read(article, noProvenance);
    expect(reading.countries.receiving).toEqual([code]);
    expect(reading.stage).toBe(stage);
    expect(reading.matters[0]).toEqual({ id: `removals/${code}`, stage, countries: [code] });
  });

  const listed = banned.flatMap((frame) =>
    Object.entries(twins[frame.language] ?? {}).map(([code, name]) => ({ ...frame, code, name })),
  );

  it.each(listed)(
    'keeps $code apart in $language when it is banned',
    ({ language, title, lead, stage, code, name }) => {
      const article = articleOf({ language, title: title.replaceAll('{}', name), text: lead.replaceAll('{}', name) });
      const reading = read(article, noProvenance);
      expect(reading.countries.banned).toEqual([code]);
      expect(reading.countries.receiving).toEqual([]);
      expect(reading.matters[0]).toEqual({ id: `ban/${code}`, stage, countries: [code] });
    },
  );
});
