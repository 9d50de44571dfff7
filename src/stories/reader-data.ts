import { join } from 'node:path';
import type * as z from 'zod';
import { readYamlFile } from '../lib/yaml-file.ts';
import { type Boilerplate, boilerplateSchema } from './clean/furniture.ts';
import { loadReadingData, type ReadingData } from './extract/reading-data.ts';
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
  return {
    topics: readYaml(folder, 'topics.yaml', topicsSchema),
    publishers: readYaml(folder, 'publishers.yaml', publishersSchema),
    boilerplate: readYaml(folder, 'boilerplate.yaml', boilerplateSchema),
    provenance: readYaml(folder, 'provenance.yaml', provenanceSchema),
    cues: loadReadingData(join(folder, 'reading')),
  };
}
