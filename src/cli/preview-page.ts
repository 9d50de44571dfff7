import { filesOf, renderPayload as renderDiscord } from '../adapters/discord/render.ts';
import { renderPayload as renderSlack } from '../adapters/slack/render.ts';
import { isShareable } from '../core/command.ts';
import { splitLine } from '../core/command-line.ts';
import { escapeHtml } from './html.ts';
import { discordHtml } from './preview-discord.ts';
import type { PlatformSample } from './preview-forms.ts';
import type { Sample } from './preview-messages.ts';
import { atSlack, slackHtml } from './preview-slack.ts';
import { previewStyle } from './preview-style.ts';

export interface PreviewLook {
  theme: 'light' | 'dark';
  platforms: readonly ('discord' | 'slack')[];
  group?: Sample['group'];
  /** Our words in the language of the answers. */
  say: (english: string) => string;
}

/** One page without script: every sample as each platform shows it, rendered from the very payloads that are sent. */
export function previewPage(
  samples: readonly Sample[],
  forms: readonly PlatformSample[],
  { theme, platforms, group, say }: PreviewLook,
): string {
  const isShown = (sample: Pick<Sample, 'group'>) => group === undefined || sample.group === group;
  const sections = platforms.map((platform) => {
    const messages = samples.filter(isShown).map((sample) => sampleHtml(sample, platform, say));
    const own = forms.filter((form) => isShown(form) && form.platform === platform).map(formHtml);
    return `<section class="${platform}">${[...messages, ...own].join('\n')}</section>`;
  });
  return `<!doctype html>
<html lang="en" class="${theme}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Borderwire: messages</title><style>${previewStyle}</style>
<body>${sections.join('\n')}</body></html>
`;
}

function formHtml({ platform, id, title, html }: PlatformSample): string {
  return `<h2 id="${platform}-${id}">${escapeHtml(title)}</h2>${html}`;
}

function sampleHtml(
  { id, title, message, line, file }: Sample,
  platform: 'discord' | 'slack',
  say: PreviewLook['say'],
): string {
  const name = splitLine(line ?? '')?.name ?? '';
  const share = line === undefined || message.tone === 'error' || !isShareable(name) ? {} : { share: line };
  const picture = message.picture?.png;
  const html =
    platform === 'discord'
      ? discordHtml(
          renderDiscord(message, { ...share, shareLabel: say('Share here'), choiceLabel: say('Choose…') }),
          filesOf(message).length > 0 ? picture : undefined,
        )
      : slackHtml(
          renderSlack(atSlack.message(message), {
            ...share,
            say,
            ...(file ? { code: file } : {}),
            ...(picture ? { file: 'F1' } : {}),
          }).blocks,
          picture,
        );
  const typed = line === undefined ? '' : ` <code>${escapeHtml(line)}</code>`;
  return `<h2 id="${platform}-${id}">${escapeHtml(title)}${typed}</h2>${html}`;
}
