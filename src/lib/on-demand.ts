import { createRequire } from 'node:module';
import type * as Readability from '@mozilla/readability';
import type * as Linkedom from 'linkedom';
import type * as Yaml from 'yaml';

const load = createRequire(import.meta.url);

/** YAML with the places of its nodes: wanted where a file is wrong or changed, and a tenth of a second to load. */
export const yamlTree = (): typeof Yaml => load('yaml') as typeof Yaml;

/** A page as a tree: wanted for saved pages only, and some ten megabytes to hold. */
export const pageTree = (): typeof Linkedom => load('linkedom') as typeof Linkedom;

/** Mozilla's reader of pages. */
export const pageReader = (): typeof Readability => load('@mozilla/readability') as typeof Readability;
