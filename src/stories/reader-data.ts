import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { ConfigError } from '../core/errors.ts';
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
  const file = join(folder, name);
  try {
    return schema.parse(parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ConfigError(file, reason, 'Mend this file, or put back the one that came with the program', {
      cause: error,
    });
  }
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
