import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import { decodePack, encodePack } from '../../src/store/pack-format.ts';
import { samplePack } from './pack-sample.ts';

/** What version 1 made of the sample. Databases hold such values for ever: this is never made anew. */
const stored = [
  'Ae2YTW7CMBCFr2JlD7HNCRBqV+yI1E1ZuFIESGmpQpEqRVlzDHaw5gy9EEdAMwnEY09ioO2OVX4cW/bk+XueKVpBY5SDmmSeiqdv8/6ZpR510u',
  'p9f5nPYux45k8CV0i0yHAXFMlBT+pEabro68EEntXDoUN8UoRPcCBGG8ETdJplYvEVTUtwTBIDfW8MNBsD/X8x0H8Wgw48agaP/PQJMeuTsw/M',
  'lSLI1AFkjta5+dmb5etaSinFcbs5HLebHSHppLqDcK9Un7AzotsdJ34PN63qhoXOpvrD8fLNfMTjYUuNhPByPOwiJjZTav6CmbWUxcsid1JwQI',
  'wgzTAnC4S12hke2ry9hY68kDxEBvTWcNJl4xR2d7fVX6Hldvd3xBzy/2fYeg/pPqQblK5r6MW5jNS4X2s1qcTFW/5f/1TsZaX5+GwnicbP9CsJ',
  'c/k9vzA/5ee/c6oAzaouxYDuNNc50pwA',
].join('');

describe('the pack of a story', () => {
  it('gives back what went in, and holds a member of many revisions once', async () => {
    const body = await encodePack(samplePack);
    expect(decodePack(body, 's1')).toEqual(samplePack);
    const [newest, ...older] = samplePack.revisions;
    const many = Array.from(
      { length: 200 },
      (_, n) => ({ ...(newest ?? older[0]), revision: n }) as typeof newest & object,
    );
    expect((await encodePack({ ...samplePack, revisions: many })).length).toBeLessThan(body.length * 6);
  });

  it('is read for ever', () => {
    expect(decodePack(Buffer.from(stored, 'base64'), 's1')).toEqual(samplePack);
  });

  it('that was damaged is named', async () => {
    const body = Buffer.from(await encodePack(samplePack));
    const damaged = [Buffer.alloc(0), body.subarray(0, 40), Buffer.concat([Buffer.of(9), body.subarray(1)])];
    for (const one of damaged) expect(() => decodePack(one, 's1')).toThrow(StoreError);
    expect(() => decodePack(body.subarray(0, 40), 's1')).toThrow('story s1');
  });
});
