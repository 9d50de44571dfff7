/** One figure beside its baseline, as `npm run bench` prints it. */
export interface BenchRow {
  figure: string;
  ours: string;
  baseline: string;
  /** Ours to the baseline, or to the goal where there is no baseline. */
  ratio: string;
}

/** What a file in bench/ exports as `bench`. */
export interface Bench {
  name: string;
  run(): Promise<BenchRow[]>;
}
