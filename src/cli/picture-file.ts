import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { App } from '../app.ts';
import type { Look } from '../app-pictures.ts';
import { UsageError, UserError } from '../core/errors.ts';
import { type PictureSpec, themes } from '../pictures/spec.ts';
import { type CliIo, writeLine } from './io.ts';

/** Options of `map` and `chart` alike, as a terminal gives them. */
export interface PictureOptions {
  out: string;
  theme: string;
  locale: string;
}

/** Checks what `map` and `chart` share. Throws UsageError naming the option and what would do. */
export function lookOf({ out, theme, locale }: PictureOptions): { look: Look; form: 'svg' | 'png' } {
  const form = extname(out).slice(1).toLowerCase();
  if (form !== 'svg' && form !== 'png')
    throw new UsageError(`--out ${out}: name a file that ends in .png or .svg, such as --out map.png.`);
  const known = themes.find((each) => each === theme);
  if (!known) throw new UsageError(`--theme ${theme}: there are ${themes.join(' and ')}.`);
  if (!/^[a-z]{2,3}([-_][a-z0-9]+)*$/i.test(locale))
    throw new UsageError(`--locale ${locale}: name a language, such as en, ar or pt-BR.`);
  return { look: { theme: known, locale }, form };
}

/** Draws into the file, and says in words what it shows. Throws UserError when the file cannot be written. */
export async function writePicture(
  app: App,
  io: CliIo,
  spec: PictureSpec,
  { out, form }: { out: string; form: 'svg' | 'png' },
): Promise<void> {
  const { svg, png } = await app.pictures.draw(spec, form);
  try {
    writeFileSync(out, png ?? svg);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`Cannot write ${out}: ${reason}. Name a file in a folder that exists.`, { cause: error });
  }
  writeLine(io.stdout, spec.alt);
  writeLine(io.stdout, `Drawn to ${out}.`);
}
