import { usage } from '../core/command-line.ts';
import { UserError } from '../core/errors.ts';
import type { Action } from '../core/message.ts';
import { textOf } from './arguments.ts';
import { answer, sentence } from './replies.ts';
import type { Definition } from './services.ts';

const longest = 1000;
/** More than operators could answer are not taken, so that nobody can fill the disk with words. */
const mostOpen = 500;

/** `/report WORDS [answer-to:…]`: something is wrong with an answer. Only the words are kept, not who sent them. */
export const report: Definition = {
  name: 'report',
  summary: 'Say what is wrong with an answer: the operators read it, and your name is not kept',
  access: 'anyone',
  slow: false,
  options: [
    {
      name: 'what-is-wrong',
      summary: 'what is wrong, and where is it told right?',
      type: 'text',
      positional: true,
    },
    { name: 'answer-to', summary: 'the answer that is wrong, such as "ban-status LA"', type: 'text' },
  ],
  run: async (args, _asker, { review: desk }) => {
    const words = textOf(args, 'what-is-wrong');
    const about = textOf(args, 'answer-to') ?? 'no answer named';
    if (words === undefined) {
      const how = `Say what is wrong: /report YOUR WORDS answer-to:"${about.replaceAll('"', '')}". ${usage(report)}`;
      return answer(sentence('Report an error', how), { version: 1, reported: null }, 2);
    }
    if (words.length > longest)
      throw new UserError(`Please say it in ${longest} characters, with a link if there is one.`);
    if ((await desk.reports(mostOpen)).length >= mostOpen)
      throw new UserError('Too many reports wait to be read. Please tell the operator of this installation directly.');
    const id = await desk.report(about.slice(0, 200), words);
    return answer(
      sentence(
        'Report an error',
        'Thank you. The operators will read it; who sent it is not kept. What is put right shows when you ask again.',
      ),
      { version: 1, reported: id },
    );
  },
};

/** The button under an answer about law. */
export function reportAction(about: string): Action {
  return { kind: 'command', label: 'Report an error', command: `/report answer-to:"${about}"` };
}
