import { askWords, subscribeForm } from '../adapters/discord/forms.ts';
import { welcomePayload } from '../adapters/discord/guilds.ts';
import { formCommands, formView, wordsView } from '../adapters/slack/forms.ts';
import { homeBlocks } from '../adapters/slack/home.ts';
import type { App } from '../app.ts';
import { wordForm } from '../core/word-forms.ts';
import { silentLog } from '../lib/log.ts';
import { consoleAsker } from './app-session.ts';
import { discordFormHtml, discordHtml } from './preview-discord.ts';
import type { Sample } from './preview-messages.ts';
import { atSlack, slackHtml, slackWindowHtml } from './preview-slack.ts';

/** What only one platform has: greetings, windows with forms, and Slack's Home. */
export interface PlatformSample extends Pick<Sample, 'group' | 'id' | 'title'> {
  platform: 'discord' | 'slack';
  html: string;
}

/** Each as that platform shows it, in one language. */
export async function previewForms(app: App, locale: string): Promise<readonly PlatformSample[]> {
  const { dispatcher, phrases } = app;
  const say = (english: string) => phrases.text(english, locale);
  const sample = (platform: PlatformSample['platform'], id: string, title: string, html: string) =>
    ({ group: 'managing', platform, id, title, html }) as const;
  const follow = subscribeForm(dispatcher.commands, say, '1');
  const report = wordForm('/report answer-to:"ban-status LA"', consoleAsker);
  const asker = { ...consoleAsker, locale };
  const followed = [{ channel: 'C024BE91L', words: 'every topic for Rwanda; at once', paused: null }];
  const home = {
    runner: atSlack.runner(dispatcher),
    phrases: atSlack.phrases(phrases),
    log: silentLog,
    askerOf: async () => asker,
    follows: async () => followed,
  };
  const blocks = await homeBlocks({ team: 'T1', channel: '', user: 'U1' }, home);
  return [
    sample('discord', 'welcome', 'A greeting', discordHtml(welcomePayload(phrases, locale), undefined)),
    ...(follow ? [sample('discord', 'form-subscribe', 'A form', discordFormHtml(follow))] : []),
    ...(report
      ? [sample('discord', 'form-report', 'A form for a report', discordFormHtml(askWords(say, report)))]
      : []),
    ...formCommands.flatMap(({ command, label }) => {
      const view = formView(dispatcher.commands, command, undefined, say);
      return view ? [sample('slack', `form-${command}`, `A form: ${label}`, slackWindowHtml(view))] : [];
    }),
    ...(report ? [sample('slack', 'form-report', 'A form for a report', slackWindowHtml(wordsView(report, say)))] : []),
    sample('slack', 'home', 'The Home tab', slackHtml(blocks, undefined)),
  ];
}
