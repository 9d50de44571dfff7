import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { createGallery } from '../../src/pictures/gallery.ts';
import type { SparklineSpec } from '../../src/pictures/spec.ts';
import { createStudio } from '../../src/pictures/worker/studio.ts';

const spec: SparklineSpec = {
  kind: 'sparkline',
  title: 'Coverage a day',
  subtitle: '3 articles',
  notes: [],
  footer: 'A story',
  alt: 'Three articles in two days.',
  theme: 'light',
  language: 'en',
  days: [
    { day: '2025-06-05', articles: 2, originators: 1 },
    { day: '2025-06-06', articles: 1, originators: 1 },
  ],
};
const png = new Uint8Array([137, 80, 78, 71]);

describe('the gallery', () => {
  it('draws what has the same content once', async () => {
    let drawn = 0;
    const draw = () => Promise.resolve({ svg: '', png: (drawn += 1) > 0 ? png : null });
    const gallery = createGallery({ studio: { draw }, log: silentLog });
    const [one, two] = await Promise.all([gallery.picture(spec), gallery.picture({ ...spec })]);
    const other = await gallery.picture({ ...spec, theme: 'dark' });
    expect([drawn, one === two, one?.alt]).toEqual([2, true, spec.alt]);
    expect(other?.name).not.toBe(one?.name);
  });

  it('keeps no more than it may', async () => {
    let drawn = 0;
    const draw = () => Promise.resolve({ svg: '', png: (drawn += 1) > 0 ? png : null });
    const gallery = createGallery({ studio: { draw }, log: silentLog, kept: 2 });
    for (const footer of ['a', 'b', 'a', 'c', 'a', 'b']) await gallery.picture({ ...spec, footer });
    expect(drawn).toBe(4);
  });

  it('answers without a picture when drawing fails, and tries again the next time', async () => {
    let drawn = 0;
    const draw = () => Promise.reject(new Error(`failure ${(drawn += 1)}`));
    const gallery = createGallery({ studio: { draw }, log: silentLog });
    expect([await gallery.picture(spec), await gallery.picture(spec)]).toEqual([undefined, undefined]);
    expect(drawn).toBe(2);
  });

  it('answers without a picture when drawing takes too long', async () => {
    const draw = () => new Promise<never>(() => undefined);
    const gallery = createGallery({ studio: { draw }, log: silentLog, patienceMs: 10 });
    expect(await gallery.picture(spec)).toBeUndefined();
  });
});

describe('the studio', () => {
  it('draws in a thread of its own', async () => {
    const studio = createStudio();
    const { svg, png: bytes } = await studio.draw(spec, 'png');
    expect(svg).toContain('data-articles="2"');
    expect(Buffer.from(bytes ?? []).readUInt32BE(16)).toBe(1600);
    expect((await studio.draw(spec, 'svg')).png).toBeNull();
    await studio.close();
  });

  it('says what could not be drawn, and draws the next', async () => {
    const studio = createStudio();
    const broken = { ...spec, theme: 'mauve' } as unknown as SparklineSpec;
    await expect(studio.draw(broken, 'svg')).rejects.toThrow(/ground|undefined/);
    expect((await studio.draw(spec, 'svg')).svg).toContain('<svg');
    await studio.close();
  });

  it('gives up what takes too long, and starts anew for the next', async () => {
    const studio = createStudio({ timeoutMs: 1 });
    await expect(studio.draw(spec, 'svg')).rejects.toThrow('not done within 1 ms');
    await studio.close();
  });

  it('lets what still waits fail when it is closed', async () => {
    const studio = createStudio();
    const waiting = studio.draw(spec, 'svg').catch(String);
    await studio.close();
    expect(await waiting).toContain('stopping');
  });
});
