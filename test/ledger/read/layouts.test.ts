import { describe, expect, it } from 'vitest';
import { readPrimaryDocument } from '../../../src/ledger/read/read.ts';
import { countries, data } from '../shipped.ts';

/* Made-up instruments of 2027, laid out in the ways that such texts are. */

const signed =
  'IN WITNESS WHEREOF, I have hereunto set my hand this second day of February, in the year of our Lord two thousand twenty-seven, and of the Independence of the United States of America the two hundred and fifty-first.';
const opening =
  'NOW, THEREFORE, by the authority vested in me as President by the Constitution and the laws of the United States of America, including sections 212(f) and 215(a) of the INA, 8 U.S.C. 1182(f) and 1185(a), I hereby find that such entry would be detrimental. I therefore hereby proclaim the following:';

function read(body: string) {
  const { proposals, reason, instrument } = readPrimaryDocument(`${opening}\n${body}\n${signed}`, countries, data);
  return {
    reason,
    instrument,
    told: proposals.map((each) => `${each.action} ${each.country} ${each.tier}`),
    proposals,
  };
}

describe('a proclamation', () => {
  it('lists countries by letter within one sentence', () => {
    const { told, proposals } = read(
      'Section 1. Suspension. The entry into the United States of nationals of the following countries, as immigrants and nonimmigrants, is hereby suspended: (a) Fiji; (b) the Kingdom of Tonga; and (c) the Independent State of Samoa. Sec. 2. Effective Date. This proclamation is effective at 12:01 a.m. eastern standard time on February 10, 2027.',
    );
    expect(told).toEqual(['add FJ full', 'upgrade TO full', 'end TO none', 'add WS full']);
    expect(proposals.map((each) => each.section)).toEqual(['1(a)', '1(b)', null, '1(c)']);
    expect(new Set(proposals.map((each) => each.effective))).toEqual(new Set(['2027-02-10']));
  });

  it('stands in a web page, and takes effect in those words', () => {
    const { told, instrument } = read(
      '<p><u>Section&nbsp;1</u>.&nbsp; <u>Partial Suspension</u>.&nbsp; (a)&nbsp; <u>Bolivia</u></p><p>(i)&nbsp; Bolivia&rsquo;s overstay rate is high.</p><p>(ii)&nbsp; The entry into the United States of nationals of Bolivia as immigrants, and as nonimmigrants on B-1, B-2, B-1/B-2, F, M, and J visas, is hereby suspended.</p><p><u>Sec</u>.&nbsp;<u>2</u>. This proclamation shall take effect at 12:01 a.m. Eastern Standard Time on February 15, 2027.</p>',
    );
    expect(told).toEqual(['add BO partial']);
    expect(instrument).toMatchObject({ signed: '2027-02-02', effective: '2027-02-15' });
  });

  it('stands in the columns of the Federal Register, words broken over lines and pages', () => {
    const { told, instrument } = read(
      `Section 1. Suspension of Entry. (a) Papua New Guinea.
    (i) The Government of Papua New Guinea does not share infor-
mation.

[[Page 9002]]

    (ii) The entry into the United States of nationals of Papua
New Guinea as immigrants and nonimmigrants is hereby suspend-
ed.
    Sec. 2. Effective Date. This proclamation is effective at
12:01 a.m. eastern standard time on February 20, 2027.`,
    );
    expect(told).toEqual(['add PG full']);
    expect(instrument.effective).toBe('2027-02-20');
  });

  it('speaks of any citizen or national', () => {
    const { told } = read(
      'Section 1. Entry as an immigrant or nonimmigrant of any citizen or national of Eritrea, Kiribati or Tuvalu is suspended and limited. Sec. 2. The suspension shall become effective at 11:59 p.m. eastern standard time on February 28, 2027.',
    );
    expect(told).toEqual(['continue ER full', 'add KI full', 'add TV full']);
  });

  it('revokes others whole, rules on documents included', () => {
    const { told } = read(
      'Section 1. Revocation. Proclamation 10949 of June 4, 2025 (Restricting the Entry of Foreign Nationals), and Proclamation 10998 of December 16, 2025, are hereby revoked. Sec. 2. Effective immediately.',
    );
    expect(told).toHaveLength(56);
    expect(told).toContain('end PS none');
  });

  it.each([
    [
      'The suspension of entry of nationals of Laos as immigrants and as nonimmigrants imposed by section 4(b) of Proclamation 10998 is hereby terminated.',
      ['end LA none'],
    ],
    [
      'The suspension of entry into the United States of nationals of Nigeria as nonimmigrants on B-1, B-2, B-1/B-2, F, M, and J visas is hereby lifted. The entry into the United States of nationals of Nigeria as immigrants remains suspended.',
      ['modify NG immigrant-only', 'end NG none'],
    ],
    ['Section 5 of Proclamation 10998 is amended by striking subsections (a) and (b).', ['end AO none', 'end AG none']],
    [
      'The entry into the United States of nationals of Nigeria as immigrants and nonimmigrants is hereby fully suspended.',
      ['upgrade NG full', 'end NG none'],
    ],
    [
      'The entry of nationals of Haiti, Iran, and Libya as immigrants and nonimmigrants shall continue to be suspended.',
      ['continue HT full', 'continue IR full', 'continue LY full'],
    ],
  ])('changes a part: %s', (sentence, expected) => {
    expect(
      read(`Section 1. Action. ${sentence} Sec. 2. This proclamation is effective on March 1, 2027.`).told,
    ).toEqual(expected);
  });

  it('dates an exception apart from itself', () => {
    const { instrument } = read(
      'Section 1. The entry into the United States of nationals of Fiji as immigrants and nonimmigrants is hereby suspended. Sec. 2. This proclamation is effective at 12:01 a.m. eastern standard time on February 10, 2027, except that for students it is effective at 12:01 a.m. eastern standard time on April 1, 2027.',
    );
    expect(instrument.effective).toBe('2027-02-10');
  });
});

describe('an unsure reading proposes nothing and says why', () => {
  it.each([
    [
      'The entry into the United States of nationals of Guinea and Congo as immigrants and nonimmigrants is hereby suspended.',
      /unsure which country.*Congo/,
    ],
    [
      'The entry of nationals of the countries listed in this section as immigrants is hereby suspended: 1. Fiji 2. Tonga',
      /unsure which country/,
    ],
    [
      'The entry into the United States of nationals of Niger and Fiji as immigrants is hereby suspended.',
      /less for Niger than what is in force/,
    ],
    [
      'The entry of all aliens who were physically present within Uganda during the 14-day period is hereby suspended.',
      /where people have been/,
    ],
    [
      'The entry of aliens as nonimmigrants to perform services in a specialty occupation is restricted, including nationals of India.',
      /not by nationality/,
    ],
  ])('%s', (sentence, why) => {
    const { told, reason } = read(`Section 1. ${sentence}`);
    expect(told).toEqual([]);
    expect(reason).toMatch(why);
  });

  it('tells an announcement of law from law', () => {
    const text =
      'The Department of State reminds travelers that the entry of nationals of Laos is suspended under Proclamation 10998.';
    expect(readPrimaryDocument(text, countries, data)).toMatchObject({
      proposals: [],
      reason: expect.stringMatching(/no instrument/),
    });
  });
});

describe('lists with marks, and days that are counted', () => {
  const order =
    'By the authority vested in me as President, including section 212(f) of the Immigration and Nationality Act, I hereby proclaim as follows:';
  const suspends =
    'The entry into the United States of nationals of the following countries as immigrants and nonimmigrants is hereby suspended:';
  const read = (list: string, effective: string) =>
    readPrimaryDocument(
      `Proclamation 11201 of May 2, 2027\n${order}\nSection 1. Suspension. ${suspends}${list}\nSec. 2. Effective Date. This proclamation ${effective}`,
      countries,
      null,
    );
  const may9 = 'is effective at 12:01 a.m. eastern time on May 9, 2027.';

  it.each([
    '\n1. Fiji\n2. Nauru\n3. The Republic of Palau',
    '\n1. Fiji.\n2. Nauru.\n3. Palau.',
    ' (1) Fiji; (2) Nauru; and (3) Palau.',
    '\n- Fiji\n- Nauru\n- Palau\n',
    '\n* Fiji\n* Nauru\n* Palau\n',
    '<ol type="a"><li>Fiji;</li><li>Nauru; and</li><li>Palau.</li></ol><p>The Secretary of State shall see to it.</p>',
    '<ul>\n<li><p>Fiji</p></li>\n<li><b>Nauru</b></li>\n<li>the Republic of Palau</li>\n</ul>',
    '<table><thead><tr><th>No.</th><th>Country</th></tr></thead><tbody><tr><td>1</td><td>Fiji</td></tr><tr><td>2</td><td>Nauru</td></tr><tr><td>3</td><td>Palau</td></tr></tbody></table>',
    '\n\n| Country |\n|---------|\n| Fiji |\n| Nauru |\n| Palau |\n',
    ' Fiji, Na-\nuru, and\n\n[[Page 24497]]\n\nPalau.',
  ])('are read: %j', (list) => {
    expect(read(list, may9).proposals.map((each) => [each.country, each.tier, each.effective])).toEqual(
      ['FJ', 'NR', 'PW'].map((code) => [code, 'full', '2027-05-09']),
    );
  });

  it.each([
    ['is effective at 12:01 a.m. eastern time on the seventh day after the date of this proclamation.', '2027-05-09'],
    ['shall take effect 30 days after the date of this proclamation.', '2027-06-01'],
    ['is effective immediately.', '2027-05-02'],
    ['is effective 10 days after its publication in the Federal Register.', null],
  ])('%s', (effective, day) => {
    expect(read(' Fiji and Nauru.', effective).proposals.map((each) => each.effective)).toEqual([day, day]);
  });

  it.each([
    '<ul><li>Fiji</li><li>the Congo</li></ul>',
    '<table><tr><th>Country</th><th>Reach</th></tr><tr><td>Fiji</td><td>Full</td></tr><tr><td>Nauru</td><td>Partial</td></tr></table>',
  ])('propose nothing where a cell or item is no certain country: %s', (list) => {
    const { proposals, reason } = read(list, may9);
    expect(proposals).toEqual([]);
    expect(reason).toMatch(/unsure which country/);
  });

  it('leave each country to its own sentence where the list only leads to them', () => {
    const own = (name: string, classes: string) =>
      `<li><u>${name}</u><ol type="i"><li>${name} shares little.</li><li>The entry into the United States of nationals of ${name} ${classes} is hereby suspended.</li></ol></li>`;
    const html = `<p>${order}</p><p>Section 1. Suspension. The entry into the United States of nationals of the following countries is hereby suspended and limited, as follows:</p><ol type="a">${own('Fiji', 'as immigrants')}${own('Nauru', 'as immigrants and nonimmigrants')}</ol>`;
    const { proposals } = readPrimaryDocument(html, countries, null);
    expect(proposals.map((each) => [each.country, each.tier])).toEqual([
      ['FJ', 'partial'],
      ['NR', 'full'],
    ]);
    expect(proposals[0]?.quote).toMatch(/^The entry .* suspended\.$/);
  });

  it('propose nothing where a name in the list is shared', () => {
    const { proposals, reason } = read('\n1. Fiji\n2. Congo\n', may9);
    expect(proposals).toEqual([]);
    expect(reason).toContain('“Congo”');
  });
});

describe('a text that is framed by something else', () => {
  it('is in capitals throughout', () => {
    const body =
      'Section 1. Suspension. (a) Bhutan. (i) The entry into the United States of nationals of Bhutan as immigrants and nonimmigrants is hereby fully suspended. (b) Fiji. The entry into the United States of nationals of Fiji as immigrants, and as nonimmigrants on B-1, B-2, F, M, and J visas, is hereby suspended. Sec. 2. This proclamation is effective at 12:01 a.m. eastern standard time on March 1, 2027.';
    const { proposals } = readPrimaryDocument(`${opening} ${body} ${signed}`.toUpperCase(), countries, data);
    expect(proposals).toMatchObject([
      { action: 'add', country: 'BT', tier: 'full', section: '1(a)', effective: '2027-03-01' },
      { country: 'FJ', tier: 'partial', visaClasses: ['immigrants', 'B-1', 'B-2', 'F', 'M', 'J'] },
    ]);
  });

  it('is a quoted mail', () => {
    const { told } = read(
      '> Section 1. The entry into the United States of nationals of Mongolia as\n> immigrants and nonimmigrants is hereby fully suspended.\n>\n> Sec. 2. This proclamation is effective on March 1, 2027.',
    );
    expect(told).toEqual(['add MN full']);
  });

  it('has marks of footnotes in it', () => {
    const { told } = read(
      'Section 1. Full Suspension for Guinea.[3] The entry into the United States of nationals of Guinea¹ as immigrants and nonimmigrants<sup>2</sup> is hereby fully suspended.[4] Sec. 2. This proclamation is effective on March 1, 2027.\n3 Guinea is not Guinea-Bissau.',
    );
    expect(told).toEqual(['add GN full']);
  });

  it('is a printed page with its head between the words of a name', () => {
    const { told } = read(
      'Section 1. (a) The entry into the United States of nationals of Papua New\nVerDate Sep<11>2014 17:51 Apr 21, 2027 Jkt 265001\n20112   Federal Register / Vol. 92, No. 77 / Thursday, April 22, 2027 / Presidential Documents\nGuinea as immigrants and nonimmigrants is hereby fully suspended. (b) The entry into the United States of nationals of Guinea-\nBissau as immigrants is hereby suspended.\nSec. 2. This proclamation is effective on May 3, 2027.',
    );
    expect(told).toEqual(['add PG full', 'add GW partial']);
  });

  it('has numbered paragraphs for sections, and rests on the Act without a word of authority vested', () => {
    const { proposals } = readPrimaryDocument(
      `Under section 212(f) of the Immigration and Nationality Act I hereby proclaim as follows:
1. The entry into the United States, as immigrants and nonimmigrants, of nationals of the following countries is suspended:
   (1) Kyrgyzstan; and
   (2) Cameroon.
2. The entry into the United States of nationals of the following countries as immigrants is suspended:
   (1) Ghana.
3. This proclamation takes effect at 12:01 a.m. eastern daylight time on March 20, 2027.
${signed}`,
      countries,
      data,
    );
    expect(proposals.map((each) => `${each.section} ${each.country} ${each.tier} ${each.effective}`)).toEqual([
      '1 KG full 2027-03-20',
      '1 CM full 2027-03-20',
      '2 GH partial 2027-03-20',
    ]);
  });

  it('is a report that quotes a draft, and proposes nothing', () => {
    const draft =
      'The draft, under section 212(f), says: "I hereby proclaim that the entry of nationals of Kenya is suspended."';
    expect(readPrimaryDocument(draft, countries, data).proposals).toEqual([]);
  });

  it('suspends entry of citizens into the United States, in that order', () => {
    const { told } = read(
      'Section 1. Entry of citizens of Tajikistan and the Kyrgyz Republic into the United States as immigrants is hereby suspended.',
    );
    expect(told).toEqual(['add TJ partial', 'add KG partial']);
  });
});
