import { join } from 'node:path';
import type * as z from 'zod';
import { atOnce } from '../lib/gently.ts';
import { readYamlFile } from '../lib/yaml-file.ts';
import { type Boilerplate, boilerplateSchema } from './clean/furniture.ts';
import { loadingReadingData, type ReadingData } from './extract/reading-data.ts';
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

function readYaml<Schema extends z.ZodType>(folder: string, name: string, schema: Schema): z.output<Schema> {
  return readYamlFile(schema, join(folder, name));
}

/** Reads topics.yaml, publishers.yaml, boilerplate.yaml, provenance.yaml and reading/ in `folder`. Throws ConfigError. */
export function loadReaderData(folder: string): ReaderData {
  return atOnce(loadingReaderData(folder));
}

/** The same in pieces, file by file: people who ask meanwhile are answered. */
export function* loadingReaderData(folder: string): Generator<void, ReaderData, void> {
  const topics = readYaml(folder, 'topics.yaml', topicsSchema);
  yield;
  const publishers = readYaml(folder, 'publishers.yaml', publishersSchema);
  yield;
  const boilerplate = readYaml(folder, 'boilerplate.yaml', boilerplateSchema);
  yield;
  const provenance = readYaml(folder, 'provenance.yaml', provenanceSchema);
  yield;
  const cues = yield* loadingReadingData(join(folder, 'reading'));
  yield;
  return { topics, publishers, boilerplate, provenance, cues };
}
