import { describe, expect, it } from 'vitest';
import { countries, data, shared } from './shipped.ts';

interface Suspension {
  section: string;
  country: string;
  tier: string;
  classes: readonly string[];
}

/** The operative clauses of a proclamation, read with nothing of the product: section, country, tier, classes. */
function clauses(text: string): readonly Suspension[] {
  const plain = text
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('\\', '')
    .replaceAll('*', '')
    .replaceAll('‑', '-')
    .replaceAll(/\s+/g, ' ');
  const sections = plain.split(/(?=Sec\. ?\d+ ?\.|Section 1 ?\.)/);
  return sections.flatMap((section) => {
    const number = /^Sec\. ?(\d+)/.exec(section)?.[1] ?? '';
    const listed = [...section.matchAll(/(?<=[:;] (?:and )?)\(([a-l])\) (?!\()([A-Z][A-Za-z ]+?)(?=[;.])/g)];
    if (/continues to be suspended/.test(section))
      return listed.map((match) => ({
        section: `${number}(${match[1] ?? ''})`,
        country: match[2]?.trim() ?? '',
        tier: /Full Suspension/.test(section) ? 'full' : 'partial',
        classes: [],
      }));
    return [
      ...section.matchAll(/\(([a-z])\) ([A-Z][A-Za-z ‘’']+?) \(i\) (.*?)(?=\([a-z]\) [A-Z][A-Za-z ‘’']+? \(i\) |$)/g),
    ].flatMap((match) => clause(number, match));
  });
}

function clause(number: string, [, letter = '', name = '', body = '']: RegExpMatchArray): readonly Suspension[] {
  const [operative] = body.match(/\(ii\) .*?(?=\(iii\)|$)/) ?? [];
  if (operative === undefined || !/suspended/.test(operative)) return [];
  const limited = /as nonimmigrants on ([^.]*?) visas/.exec(operative)?.[1];
  const lifted = /lifted/.test(operative);
  const classes =
    limited === undefined || lifted ? [] : limited.split(/,? and |, /).filter((each) => each !== 'B-1/B-2');
  const tier = lifted ? 'immigrant-only' : limited === undefined ? 'full' : 'partial';
  return [{ section: `${number}(${letter})`, country: name.trim(), tier, classes: ['immigrants', ...classes] }];
}

function codeOf(name: string): string {
  if (name.startsWith('Palestinian')) return 'PS';
  const match = countries.resolve(name);
  return match.kind === 'found' ? match.country.code : `?${name}`;
}

const documents = [
  { name: 'Proclamation 10949', text: shared('primary/proclamation-10949.md'), expected: 19 },
  { name: 'Proclamation 10998', text: shared('primary/proclamation-10998.md'), expected: 40 },
];

describe.each(documents)('$name', ({ name, text, expected }) => {
  if (text === null) console.log(`the text of ${name} is not beside the repository: skipped`);

  it.skipIf(text === null)('has the countries, sections, tiers and visa classes of our rows', () => {
    const found = clauses(text ?? '').map((each) => ({ ...each, code: codeOf(each.country) }));
    expect(found.map((each) => each.code).sort()).toHaveLength(expected);
    const ours = data.rows.filter((row) => row.instrument === name && row.kind !== 'review-flag');
    expect(found.map((each) => each.code).sort()).toEqual(ours.map((row) => row.country).sort());
    const mine = found.map((clause) => {
      const row = ours.find((each) => each.country === clause.code);
      return {
        ...clause,
        section: row?.section,
        tier: clause.code === 'PS' ? clause.tier : row?.tier,
        classes: clause.classes.length > 1 ? row?.visaClasses : clause.classes,
      };
    });
    expect(mine).toEqual(found);
    const full = ours.filter((row) => row.tier === 'full');
    expect(new Set(full.map((row) => row.visaClasses.join()))).toEqual(new Set(['immigrants,nonimmigrants']));
  });

  it.skipIf(text === null)('takes effect on the day our rows say', () => {
    const [, month = '', day = '', year = ''] =
      /is effective at 12:01 .{0,40}? on (\w+) (\d+), (\d{4})/.exec((text ?? '').replaceAll(/\s+/g, ' ')) ?? [];
    const iso = new Date(`${month} ${day}, ${year} UTC`).toISOString().slice(0, 10);
    const effective = new Set(data.rows.filter((row) => row.instrument === name).map((row) => row.effective));
    expect([...effective]).toEqual([iso]);
  });
});
