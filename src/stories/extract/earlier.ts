import type { CountryCode } from '../../core/country.ts';
import type { EarlierReport } from '../../core/reading.ts';
import { readStage } from './stage.ts';
import type { EarlierMark } from './types.ts';
import type { Unit } from './units.ts';

/** Countries of another originator's older report, and the stage it told. */
export function readEarlier(units: readonly Unit[], marks: readonly EarlierMark[]): EarlierReport[] {
  return marks.map((mark) => {
    const retold = mark.sentences.flatMap((index) => units[index + 1] ?? []);
    const countries = [...new Set(retold.flatMap((unit) => unit.mentions.map((mention) => mention.code)))].sort();
    const told = retold.map((unit) => ({ ...unit, background: false }));
    const { stage } = readStage(told, { subject: 'removal', court: false, american: true });
    return {
      originator: mark.originator,
      date: mark.date,
      stage: countries.length > 0 ? (stage ?? 'approached') : stage,
      countries,
    };
  });
}

/** Countries named only by earlier reports: those that the title and the lead do not name as this development's. */
export function onlyEarlier(units: readonly Unit[], reports: readonly EarlierReport[]): Set<CountryCode> {
  const retold = new Set(reports.flatMap((report) => report.countries));
  const own = new Set(
    units
      .slice(0, 2)
      .filter((unit) => !unit.background)
      .flatMap((unit) => unit.mentions.map((mention) => mention.code)),
  );
  return new Set([...retold].filter((code) => !own.has(code)));
}
