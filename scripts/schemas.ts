// Writes docs/schemas/*.json from the schemas in src/core/answers; a test fails when they differ.
import { mkdirSync, writeFileSync } from 'node:fs';
import { answerSchemas, jsonSchemaOf } from '../src/core/answers/index.ts';

mkdirSync('docs/schemas', { recursive: true });
for (const name of Object.keys(answerSchemas)) {
  writeFileSync(`docs/schemas/${name}.json`, `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`);
}
