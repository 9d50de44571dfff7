/**
 * Whether a document of a government, by its title and opening alone, may be an entry suspension by nationality or
 * tell of one, so that its full text is worth reading. A reason in words, or null.
 */
export function flagDocument(title: string, opening: string): string | null {
  if (restrictsNationals.test(title)) return 'The title restricts or limits the entry of foreign nationals.';
  if (endsBans.test(title)) return 'The title ends restrictions on entry.';
  const acts = opening.match(actsOnCountries)?.[0];
  return acts === undefined ? null : `It says “${acts}”.`;
}

const restrictsNationals =
  /\b(?:restrict|limit|suspen|ban)\w*\b.{0,60}\b(?:entry|admission) (?:into the United States )?(?:of|by) (?:certain )?(?:foreign nationals|nationals of|citizens of)\b(?!.{0,40}\b(?:at|students?|workers?)\b)/i;
const endsBans =
  /\b(?:ending|revoking|rescinding|lifting|terminating)\b.{0,60}\b(?:bans? on entry|travel bans?|entry restrictions)\b/i;
const actsOnCountries =
  /\b(?:suspen|restrict|limit)\w*\b[^.]{0,60}\b(?:entry|admission)\b[^.]{0,40}\b(?:nationals|citizens) (?:of|from) (?:the following |certain |(?:\d+|\w+) )?(?:high-risk )?countries\b/i;
