import type { App, types } from '@slack/bolt';
import type { Asker, CommandRunner } from '../../core/command.ts';
import type { Log } from '../../core/ports.ts';
import { renderPayload } from './render.ts';

const mostBlocks = 12;
/** Pages of an installation’s own site, and the option that the rest of their path names. */
const pages: Readonly<Record<string, string>> = { story: 'id', 'ban-status': 'country', timeline: 'country' };

/** What a link to one of our own pages asks for; null for every other link. */
export function pageOf(link: string, publicUrl: string): { command: string; value: string } | null {
  if (!URL.canParse(link) || !URL.canParse(publicUrl)) return null;
  const [url, own] = [new URL(link), new URL(publicUrl)];
  const base = own.pathname.replace(/\/+$/, '');
  if (url.origin !== own.origin || !url.pathname.startsWith(`${base}/`)) return null;
  const [command = '', value = '', ...more] = url.pathname.slice(base.length + 1).split('/');
  if (!Object.hasOwn(pages, command) || value === '' || more.some((part) => part !== '')) return null;
  try {
    return { command, value: decodeURIComponent(value) };
  } catch {
    return null;
  }
}

/** Shows what our own links lead to, and no others. Who posted the link is not looked at. */
export function listenToLinks(
  app: App,
  { runner, publicUrl, log }: { runner: CommandRunner; publicUrl?: string; log: Log },
): void {
  if (publicUrl === undefined) return;
  app.event('link_shared', async ({ event, body, client }) => {
    const asker: Asker = {
      userId: '',
      channel: { platform: 'slack', workspace: body.team_id, id: event.channel },
      locale: 'en',
      manager: false,
      operator: false,
    };
    const unfurls: Record<string, { blocks: types.KnownBlock[] }> = {};
    for (const { url } of event.links) {
      const page = pageOf(url, publicUrl);
      if (page === null) continue;
      const reply = await runner.call(page.command, argumentsOf(page, runner), asker);
      if (reply.exitCode === 0) unfurls[url] = { blocks: shownBlocks(renderPayload(reply.message).blocks) };
    }
    if (Object.keys(unfurls).length === 0) return;
    try {
      await client.chat.unfurl({ channel: event.channel, ts: event.message_ts, unfurls });
    } catch (error) {
      log.warn({ err: error }, 'link could not be shown');
    }
  });
}

function argumentsOf({ command, value }: { command: string; value: string }, runner: CommandRunner) {
  const found = runner.commands.find((one) => one.name === command);
  const name = found?.options.find((option) => option.positional)?.name ?? pages[command] ?? '';
  return { [name]: value };
}

/** A link shows words: no buttons that would run for whoever passes by. */
function shownBlocks(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  return blocks.filter((block) => block.type !== 'actions').slice(0, mostBlocks);
}
