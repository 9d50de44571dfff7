import { type Segment, unbrokenSince } from './segments.ts';

/** Whether a suspension reaches a visa class: `nonimmigrants` holds every class but immigrants. */
function covers(segment: Segment, visaClass: string): boolean {
  if (segment.visaClasses.includes(visaClass)) return true;
  return segment.visaClasses.includes('nonimmigrants') && /^[A-Z](-\d)?$/.test(visaClass);
}

/**
 * Since when each visa class has been suspended without a break: the classes of the day's own suspension, and
 * those that an earlier, narrower one named.
 */
export function sinceByClass(segments: readonly Segment[], day: string): readonly { class: string; since: string }[] {
  const past = segments.filter((segment) => segment.from <= day).toReversed();
  const [current] = past;
  if (!current || current.tier === 'none') return [];
  const brokenAt = past.findIndex((segment) => segment.tier === 'none');
  const run = brokenAt === -1 ? past : past.slice(0, brokenAt);
  const named = [...new Set(run.flatMap((segment) => segment.visaClasses))];
  return named
    .filter((visaClass) => covers(current, visaClass))
    .map((visaClass) => ({
      class: visaClass,
      since: unbrokenSince(segments, day, (segment) => covers(segment, visaClass)) ?? current.from,
    }));
}

/** Classes that the unbroken suspension reached before, and since when it no longer does: what was lifted in part. */
export function liftedClasses(segments: readonly Segment[], day: string): readonly { class: string; on: string }[] {
  const past = segments.filter((segment) => segment.from <= day).toReversed();
  const [current] = past;
  if (!current || current.tier === 'none') return [];
  const brokenAt = past.findIndex((segment) => segment.tier === 'none');
  const run = brokenAt === -1 ? past : past.slice(0, brokenAt);
  const gone = [...new Set(run.flatMap((segment) => segment.visaClasses))].filter((each) => !covers(current, each));
  return gone.map((visaClass) => {
    const last = run.findIndex((segment) => covers(segment, visaClass));
    return { class: visaClass, on: run[last - 1]?.from ?? current.from };
  });
}
