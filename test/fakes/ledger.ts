import type { BanStatus } from '../../src/core/ban-status.ts';
import type { CourtCase, Deal, Ledger, TimelineEvent } from '../../src/core/ledger.ts';

const source = { title: 'A public record', publisher: 'Federal Register', url: 'https://www.federalregister.gov/' };

const deal: Deal = {
  code: 'RW',
  name: 'Rwanda',
  stage: 'agreed',
  history: [
    {
      stage: 'agreed',
      date: '2025-08-05',
      certainty: 'official',
      cap: '250',
      transferred: null,
      nationalities: null,
      payment: null,
      instrument: null,
      note: null,
      source,
      confidence: 'secondary-source-seen',
      lastVerified: '2025-09-23',
    },
  ],
};

const event: TimelineEvent = {
  date: '2025-08-05',
  matter: 'removals/RW',
  kind: 'removal',
  stage: 'agreed',
  certainty: 'official',
  countries: ['RW'],
  title: 'Rwanda agrees to receive up to 250 people',
  source: { title: source.title, url: source.url },
  story: null,
};

const court: CourtCase = {
  id: 'dvd-v-dhs',
  name: 'D.V.D. v. DHS',
  otherNames: ['D.V.D. v. Noem'],
  docket: '1:25-cv-10676',
  posture: 'stayed',
  history: [],
};

/** A ledger that knows three things: enough to see what commands make of an answer. */
export function fakeLedger(): Ledger {
  return {
    banStatus: (code, asked) => ({
      ...status(code),
      on: asked.on,
      tier: code === 'LA' && asked.on >= '2026-01-01' ? 'full' : 'none',
    }),
    banList: (on) => ({
      version: 1,
      on,
      countries: [{ code: 'LA', name: 'Laos', tier: 'full', since: '2026-01-01', instrument: 'Proclamation 10998' }],
      documents: [],
      other: [],
      counts: { full: 1, partial: 0, immigrantOnly: 0, rule: 'nationals of listed countries' },
      dataEnds: '2026-10-09',
    }),
    compare: (from, to) =>
      from < '2026-01-01' && to >= '2026-01-01'
        ? [{ code: 'LA', name: 'Laos', before: 'none', after: 'full', instrument: 'Proclamation 10998' }]
        : [],
    deals: (code) => (code === undefined || code === 'RW' ? [deal] : []),
    courts: (query) => (query === undefined || court.name.toLowerCase().includes(query.toLowerCase()) ? [court] : []),
    timeline: (filter) => (filter.country === undefined || filter.country === 'RW' ? [event] : []),
    facts: { steps: () => [], programmes: () => [], bannedOn: () => null },
    lastVerified: '2026-09-26',
    dataEnds: '2026-10-09',
  };
}

function status(code: string): BanStatus {
  return {
    version: 1,
    country: { code, name: code },
    on: '',
    tier: 'none',
    visaClasses: code === 'LA' ? ['immigrants', 'B-1', 'B-2'] : [],
    since: code === 'LA' ? '2026-01-01' : null,
    instrument: code === 'LA' ? 'Proclamation 10998' : null,
    citation: null,
    history: [],
    upcoming: [],
    perClass: [],
    enforcement: { state: 'in-force', case: null, since: null, note: null },
    exceptions: [],
    other: [],
    courts: [],
    reported: [],
    confidence: 'primary-source-seen',
    sources: [source],
    lastVerified: '2026-09-26',
    dataEnds: '2026-10-09',
  };
}
