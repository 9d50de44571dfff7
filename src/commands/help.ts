import { usage } from '../core/command-line.ts';
import { UserError } from '../core/errors.ts';
import { textOf } from './arguments.ts';
import { answer } from './replies.ts';
import type { Definition } from './services.ts';

/** `/help [command]`: what it does, what it does not, where data comes from, privacy. */
export const help: Definition = {
  name: 'help',
  summary: 'What I do, what I do not, and where my data comes from',
  access: 'anyone',
  slow: false,
  options: [{ name: 'command', summary: 'one command', type: 'text', positional: true }],
  run: (args, _asker, services) => {
    const name = textOf(args, 'command')?.replace(/^\//, '').toLowerCase();
    const one = services.definitions.find((command) => command.name === name);
    if (name !== undefined && !one) throw new UserError(`There is no command “/${name}”. Type /help to see them all.`);
    if (one) return Promise.resolve(helpOnOne(one));
    const items = services.definitions.map((command) => [
      { text: `/${command.name}`, strong: true },
      ` ${command.summary}`,
    ]);
    return Promise.resolve(
      answer(
        {
          title: 'Borderwire',
          plain: 'I watch US travel bans and deportation deals, and answer where things stand, with sources and dates.',
          blocks: [
            {
              kind: 'text',
              lines: [
                [
                  'I watch news and government feeds for US travel bans and deportation deals, fold many reports into one story, and say how sure each is and who said it first.',
                ],
              ],
            },
            { kind: 'list', items },
            {
              kind: 'text',
              lines: [
                ['Law comes from a dated record with a source for every row; news never changes it.'],
                ['No record is kept of who asked what, and no messages are read.'],
                [
                  'Information, not legal advice. ',
                  { text: 'Find legal help', url: 'https://www.immigrationadvocates.org/legaldirectory/' },
                ],
              ],
            },
          ],
          tone: 'neutral',
        },
        {
          version: 1,
          commands: services.definitions.map((command) => ({
            name: command.name,
            summary: command.summary,
            usage: usage(command),
          })),
        },
      ),
    );
  },
};

function helpOnOne(command: Definition) {
  const options = command.options.map((option) => [
    { text: option.name, strong: true },
    `: ${option.summary}${option.choices ? ` (${option.choices.map((choice) => choice.value).join(', ')})` : ''}`,
  ]);
  return answer(
    {
      title: `/${command.name}`,
      plain: command.summary,
      blocks: [
        { kind: 'text', lines: [[command.summary], [usage(command)]] },
        { kind: 'list', items: options },
      ],
      tone: 'neutral',
    },
    { version: 1, commands: [{ name: command.name, summary: command.summary, usage: usage(command) }] },
  );
}
