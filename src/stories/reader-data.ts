import { join } from 'node:path';
import type * as z from 'zod';
import { atOnce } from '../lib/gently.ts';
import { readYamlFile } from '../lib/yaml-file.ts';
import { type Boilerplate, boilerplateSchema } from './clean/furniture.ts';
import { type FolderOf, loadingReadingData, type ReadingData } from './extract/reading-data.ts';
import { type ProvenanceData, provenanceSchema } from './provenance/vocabulary.ts';
import { type PublishersData, publishersSchema } from './publishers.ts';
import { type TopicsData, topicsSchema } from './relevance.ts';

/** Everything the reader of articles knows of words and names, from the `config` folder. */
export interface ReaderData {
  topics: TopicsData;
  publishers: PublishersData;
  boilerplate: Boilerplate;
  provenance: ProvenanceData;
  cues: ReadingData;
}

/** Reads topics.yaml, publishers.yaml, boilerplate.yaml, provenance.yaml and reading/ in `folder`. Throws ConfigError. */
export function loadReaderData(folder: string): ReaderData {
  return atOnce(loadingReaderData(() => folder));
}

/** The same in pieces, file by file: people who ask meanwhile are answered. */
export function* loadingReaderData(folderOf: FolderOf): Generator<void, ReaderData, void> {
  const readYaml = <Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> =>
    readYamlFile(schema, join(folderOf(name), name));
  const topics = readYaml('topics.yaml', topicsSchema);
  yield;
  const publishers = readYaml('publishers.yaml', publishersSchema);
  yield;
  const boilerplate = readYaml('boilerplate.yaml', boilerplateSchema);
  yield;
  const provenance = readYaml('provenance.yaml', provenanceSchema);
  yield;
  const cues = yield* loadingReadingData(folderOf);
  yield;
  return { topics, publishers, boilerplate, provenance, cues };
}
