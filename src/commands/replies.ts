import type { Line, Message, Reply } from '../core/message.ts';

/** An answer that only the asker sees. `data` is the `--json` form. */
export function answer(message: Message, data: unknown, exitCode: Reply['exitCode'] = 0): Reply {
  return { message, data, private: true, exitCode };
}

/** What went wrong, in words with a way out. */
export function problemReply(text: string, exitCode: 1 | 2): Reply {
  const message: Message = {
    title: 'That did not work',
    plain: text,
    blocks: [{ kind: 'text', lines: [[text]] }],
    tone: 'error',
  };
  return answer(message, { version: 1, error: text }, exitCode);
}

/** One line of plain words. */
export function sentence(title: string, text: string): Message {
  return { title, plain: text, blocks: [{ kind: 'text', lines: [[text]] }], tone: 'neutral' };
}

/** The day to name where an answer tells of later ones than the record's suspensions were last verified on. */
export function verifiedBy(
  { lastVerified, dataEnds }: { lastVerified: string; dataEnds: string },
  dates: readonly string[],
): string {
  const days = dates.filter((date) => date.length === 10 && date <= dataEnds);
  return [lastVerified, ...days].toSorted().at(-1) ?? lastVerified;
}

/** The line that ends every answer about law: when it was last checked, where the data ends, and what it is not. */
export function datedFooter(lastVerified: string, dataEnds: string, today: string, staleAfterDays: number): Line {
  const age = Math.floor((Date.parse(today) - Date.parse(lastVerified)) / 86_400_000);
  const stale =
    age > staleAfterDays ? ` That is ${age} days ago: check the instrument itself before you rely on it.` : '';
  return [`Last verified ${lastVerified}.${stale} Data ends ${dataEnds}. Information, not legal advice.`];
}
