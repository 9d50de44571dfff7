import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { savedText, shippedReader } from '../fakes/pipeline.ts';

const arrived = '2026-11-21T12:00:00.000Z';

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function readFlat(text: string, title: string | null = null) {
  return shippedReader({ ...savedText('flat', flat(text), arrived), title }).reading;
}

const headline = 'US Asks Serbia to Take In Deported Migrants of Other Nations';
const body = `The Trump administration is asking Serbia to accept migrants deported from the United States, people briefed on
  the talks said. The talks are private, and no agreement has been announced. Serbia has not said whether it would take anyone.`;
const teasers = `Why Did the Court Reject the Appeal of a Radio Host? In short: a federal appeals court dismissed the case on
  Monday. How Long Will the Harbour Stay Closed? In short: repairs go on until spring.`;
const related = `Read next: the Supreme Court refused to hear a quarrel over a fishing licence. A federal judge blocked a bridge
  toll in Ohio.`;

describe('texts whose lines were run together', () => {
  it.each([
    ['teasers above the headline', `${teasers} ${headline}. ${body}`, null],
    ['teasers under a title', `${teasers} ${headline}. ${body}`, headline],
    ['a title with a label glued on', `${teasers} Politics${headline} ${body}`, headline],
    ['title, teasers and text', `${headline} ${teasers} ${body}`, null],
    ['links under the text', `${headline}. ${body} ${related}`, null],
    ['links under a titled text', `${body} ${related}`, headline],
  ])('tell the step of the headline, not a court named beside it: %s', (_name, text, title) => {
    const reading = readFlat(text, title);
    expect(reading).toMatchObject({ relevant: true, stage: 'approached', certainty: 'reported', originators: [] });
  });

  it('leave a court’s act to the court when it is the headline', () => {
    const reading = readFlat(
      `Judge blocks deportations to third countries. A federal judge in Boston on Tuesday blocked the Trump administration
       from deporting migrants to third countries without notice. The judge said that the policy is unlawful.`,
    );
    expect(reading.certainty).toBe('official');
    expect(reading.matters[0]?.id).toMatch(/^court\//);
  });
});

const folder = '../shared/seeds';

describe.skipIf(!existsSync(folder))('the seed articles as one paragraph each (absent: not run)', () => {
  it('are still reports of a request', () => {
    for (const name of readdirSync(folder)) {
      const text = readFileSync(`${folder}/${name}`, 'utf8');
      for (const given of [text, `${headline} ${text}`]) {
        expect(readFlat(given), name).toMatchObject({ stage: 'approached', certainty: 'reported' });
      }
      expect(readFlat(text, headline), name).toMatchObject({ stage: 'approached', certainty: 'reported' });
    }
  });
});
