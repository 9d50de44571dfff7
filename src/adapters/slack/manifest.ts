import type { Document } from 'yaml';
import { ConfigError } from '../../core/errors.ts';
import { yamlTree } from '../../lib/on-demand.ts';
import { type ExtraName, extras, scopesOf } from './extras.ts';
import { redirectPath } from './oauth.ts';
import { type SlashNames, slashNames } from './slash-text.ts';

const validName = /^[a-z0-9_-]{1,31}$/;

/** Names of the commands with some of them changed. Throws ConfigError for one that Slack would refuse or that comes twice. */
export function namesOf(changed: Partial<SlashNames>): SlashNames {
  const names = { ...slashNames, ...changed };
  const all = Object.values(names);
  for (const [command, name] of Object.entries(names)) {
    if (validName.test(name) && all.indexOf(name) === all.lastIndexOf(name)) continue;
    throw new ConfigError(
      `slack command ${command}`,
      `cannot be called “${name}”`,
      'Choose up to 31 lower-case letters, digits, - and _ that no other command has',
    );
  }
  return names;
}

export interface ManifestOptions {
  names: SlashNames;
  extras?: readonly ExtraName[];
  /** Where Slack reaches us; needed for `http` and for the extra `links`. */
  publicUrl?: string;
  /** Requests over HTTP instead of Socket Mode. */
  http?: boolean;
  /** Many workspaces install the app by themselves. */
  oauth?: boolean;
}

const events = '/slack/events';

/**
 * The manifest’s text for one installation: commands by their names, the extras it wants, and how Slack reaches it.
 * Comments stay. Throws ConfigError when an address is needed that the settings do not give.
 */
export function manifestFor(manifest: string, options: ManifestOptions): string {
  const document = yamlTree().parseDocument(manifest);
  rename(document, options.names);
  const chosen = options.extras ?? [];
  document.setIn(['oauth_config', 'scopes', 'bot'], document.createNode(scopesOf(chosen)));
  for (const event of chosen.flatMap((name) => extras[name].events))
    document.addIn(['settings', 'event_subscriptions', 'bot_events'], event);
  if (chosen.includes('links'))
    document.setIn(['features', 'unfurl_domains'], document.createNode([new URL(addressOf(options)).hostname]));
  if (options.http === true) reachOverHttp(document, addressOf(options));
  if (options.oauth === true)
    document.setIn(['oauth_config', 'redirect_urls'], document.createNode([`${addressOf(options)}${redirectPath}`]));
  return document.toString({ lineWidth: 0 });
}

function addressOf({ publicUrl = '' }: ManifestOptions): string {
  if (publicUrl !== '') return publicUrl.replace(/\/+$/, '');
  throw new ConfigError(
    'settings.yaml, slack.publicUrl',
    'is empty, and the manifest must say where Slack reaches this installation',
    'Give its address, such as https://borderwire.example.org',
  );
}

function reachOverHttp(document: Document, address: string): void {
  const url = `${address}${events}`;
  document.setIn(['settings', 'socket_mode_enabled'], false);
  document.setIn(['settings', 'event_subscriptions', 'request_url'], url);
  document.setIn(['settings', 'interactivity', 'request_url'], url);
  document.setIn(['settings', 'interactivity', 'message_menu_options_url'], url);
  for (const path of commandsOf(document)) document.setIn([...path, 'url'], url);
}

function commandsOf(document: Document): readonly (readonly [string, string, number])[] {
  const commands = document.getIn(['features', 'slash_commands']);
  const count = yamlTree().isSeq(commands) ? commands.items.length : 0;
  return Array.from({ length: count }, (_, at) => ['features', 'slash_commands', at] as const);
}

function rename(document: Document, names: SlashNames): void {
  for (const path of commandsOf(document))
    for (const property of ['command', 'description']) {
      const text = String(document.getIn([...path, property]));
      document.setIn([...path, property], renamed(text, names));
    }
}

function renamed(text: string, names: SlashNames): string {
  const byDefault = new Map(Object.entries(slashNames).map(([command, name]) => [name, Reflect.get(names, command)]));
  return text.replaceAll(/\/([a-z][a-z0-9_-]*)/g, (whole, name: string) => {
    const now: unknown = byDefault.get(name);
    return typeof now === 'string' ? `/${now}` : whole;
  });
}
