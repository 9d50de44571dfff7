import { join } from 'node:path';
import { z } from 'zod';
import { atOnce } from '../../lib/gently.ts';
import { readYamlFile } from '../../lib/yaml-file.ts';

/** Languages that have word lists of their own; `sh` stands for Serbian, Bosnian, Croatian and Montenegrin. */
export const readingLanguages = ['en', 'es', 'fr', 'pt', 'sh', 'sq', 'ar'] as const;
export type ReadingLanguage = (typeof readingLanguages)[number];

const phraseList = z.array(z.coerce.string());
const namesByCode = z
  .record(z.string(), z.string())
  .nullish()
  .transform((map) => map ?? {});

/** `places-*.yaml`: how a language writes countries. Keys are codes, `CD|CG` where a name is ambiguous. */
const Places = z.strictObject({
  names: namesByCode,
  people: namesByCode,
  capitals: namesByCode,
  weak: namesByCode,
  never: phraseList,
});
export type Places = z.infer<typeof Places>;

/** `cues-*.yaml`: phrases by what they tell. */
const Cues = z.record(z.string(), phraseList);
export type Cues = z.infer<typeof Cues>;

const Court = z.strictObject({ id: z.string(), names: phraseList });
const Case = z.strictObject({
  id: z.string(),
  captions: phraseList,
  dockets: phraseList,
  /** Courts that hear it, and what it is about (`subjects` below): an unnamed ruling of theirs on that is in this case. */
  courts: z.array(z.string()),
  subject: z.string().optional(),
});
const Legal = z.strictObject({
  courts: z.array(Court),
  cases: z.array(Case),
  subjects: z.record(z.string(), phraseList),
});
export type Legal = z.infer<typeof Legal>;

const Calendar = z.strictObject({
  weekdays: z.record(z.string(), phraseList),
  months: z.record(z.string(), phraseList),
  numbers: z.record(z.string(), phraseList),
  ordinals: z.record(z.string(), phraseList),
  units: z.record(z.string(), phraseList),
  yesterday: phraseList,
  today: phraseList,
  last: phraseList,
  programmes: z.record(z.string(), phraseList),
});
export type Calendar = z.infer<typeof Calendar>;

const Context = z.strictObject({ usState: phraseList, georgiaCountry: phraseList });

/** Everything that the reader of developments knows of words; `config/reading`. */
export interface ReadingData {
  places: Readonly<Record<ReadingLanguage, Places>>;
  cues: Readonly<Record<ReadingLanguage, Cues>>;
  legal: Legal;
  /** One list for all languages: weekdays, months and numbers hardly collide. */
  calendar: Calendar;
  context: z.infer<typeof Context>;
}

/** The folder of configuration that holds a file of the name: each file may be the operator's own or the shipped one. */
export type FolderOf = (name: string) => string;

/** Reads the word lists of `folder` (`config`). Throws ConfigError naming the file. */
export function loadReadingData(folder: string): ReadingData {
  return atOnce(loadingReadingData(() => folder));
}

/** The same in pieces, file by file. */
export function* loadingReadingData(folderOf: FolderOf): Generator<void, ReadingData, void> {
  const readYaml = <T>(file: string, schema: z.ZodType<T>): T => {
    const name = `reading/${file}`;
    return readYamlFile(schema, join(folderOf(name), name));
  };
  const places = {} as Record<ReadingLanguage, Places>;
  const cues = {} as Record<ReadingLanguage, Cues>;
  for (const language of readingLanguages) {
    places[language] = readYaml(`places-${language}.yaml`, Places);
    yield;
    cues[language] = readYaml(`cues-${language}.yaml`, Cues);
    yield;
  }
  const legal = readYaml('legal.yaml', Legal);
  yield;
  const calendar = readYaml('calendar.yaml', Calendar);
  yield;
  return { places, cues, legal, calendar, context: readYaml('context.yaml', Context) };
}

const aliases: Readonly<Record<string, ReadingLanguage>> = {
  sr: 'sh',
  bs: 'sh',
  hr: 'sh',
  me: 'sh',
  cnr: 'sh',
  sh: 'sh',
};

/** The word lists for an article's language; English for what has none. */
export function readingLanguageOf(language: string): ReadingLanguage {
  const known = readingLanguages.find((one) => one === language);
  return known ?? aliases[language] ?? 'en';
}

/**
 * What is built of each language's lists, each when its first article comes: most installations hear a few languages,
 * and nobody's question waits for all of them at the start.
 */
export function perLanguage<Built>(build: (language: ReadingLanguage) => Built): (language: ReadingLanguage) => Built {
  const built = new Map<ReadingLanguage, Built>();
  return (language) => {
    const known = built.get(language) ?? build(language);
    built.set(language, known);
    return known;
  };
}
