import type { Reading } from '../src/core/reading.ts';

const nothing = { banned: [], receiving: [], nationality: [], mentioned: [] };

/** A reading in which nothing was found: general news. */
export const emptyReading: Reading = {
  relevant: true,
  relevance: '',
  topics: [],
  form: 'news',
  countries: nothing,
  matters: [],
  stage: null,
  certainty: 'reported',
  originators: [],
  earlier: [],
  comments: [],
  claims: [],
  quantities: [],
  ordinals: [],
  courts: [],
  cases: [],
  instruments: [],
  tier: null,
  eventDate: null,
  effectiveDate: null,
  correction: null,
};
