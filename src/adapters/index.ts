import { createConsoleAdapter } from './console/adapter.ts';

/** Every chat platform that Borderwire speaks on: a folder here, and one line in this list. */
export const adapters = {
  console: createConsoleAdapter,
} as const;
