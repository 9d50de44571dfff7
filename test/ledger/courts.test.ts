import { describe, expect, it } from 'vitest';
import { ledger } from './shipped.ts';

function ids(query?: string): readonly string[] {
  return ledger.courts(query).map((each) => each.id);
}

describe('cases', () => {
  it.each([
    ['dvd-v-dhs', 'dvd-v-dhs'],
    ['D.V.D. v. DHS', 'dvd-v-dhs'],
    ['DHS v. D.V.D.', 'dvd-v-dhs'],
    ['D.V.D. v. Department of Homeland Security', 'dvd-v-dhs'],
    ['dvd', 'dvd-v-dhs'],
    ['24A1153', 'dvd-v-dhs'],
    ['26-426', 'dvd-v-dhs'],
    ['1:25-cv-10676', 'dvd-v-dhs'],
    ['Noem v. Doe', 'noem-v-doe'],
    ['Doe v. Noem', 'noem-v-doe'],
    ['Mullin v. Doe', 'mullin-v-doe'],
    ['Trump v. Miot', 'mullin-v-doe'],
    ['U.T. v. Barr', 'ut-v-bondi'],
    ['hawaii', 'trump-v-hawaii'],
    ['Trump v. IRAP', 'trump-v-hawaii'],
    ['CLINIC', 'clinic-v-rubio'],
  ])('%s is %s', (query, id) => {
    expect(ids(query)).toEqual([id]);
  });

  it('stay the same when the official in the caption changes', () => {
    expect(ids('D.V.D. v. Mullin')).toEqual(['dvd-v-dhs']);
    expect(ids('Mullin v. National TPS Alliance')).toEqual(['noem-v-national-tps-alliance']);
    expect(ids('Abrego Garcia v. Mullin')).toEqual(['abrego-garcia-v-noem']);
  });

  it('that are not known give nothing', () => {
    expect(ids('Smith v. Jones')).toEqual([]);
  });

  it('are all given without a query', () => {
    expect(ids()).toHaveLength(16);
  });

  it('show the path to the posture of today, and what comes next', () => {
    const [dvd] = ledger.courts('dvd');
    expect(dvd?.history.map((event) => event.stage ?? '-')).toEqual([
      'injunction',
      '-',
      '-',
      'stayed',
      '-',
      'ruled',
      'stayed',
      'affirmed',
      'cert-granted',
    ]);
    expect(dvd?.posture).toContain('stayed');
    expect(dvd?.next).toEqual({ date: '2026-12', what: 'Argument in the Supreme Court (26-426)' });
  });

  it('appear in a ban’s answer with the posture of the day asked about', () => {
    const at = (on: string) =>
      ledger.banStatus('IR', { on }).courts.find((each) => each.id === 'trump-v-hawaii')?.posture;
    expect(at('2017-03-01')).toBeUndefined();
    expect(at('2018-01-01')).toBe('Stay');
    expect(at('2019-01-01')).toContain('reversed');
  });
});
