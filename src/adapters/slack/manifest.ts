import { isSeq, parseDocument } from 'yaml';
import { ConfigError } from '../../core/errors.ts';
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

/** The manifest’s text with the commands called by these names, in its usage and examples too; comments stay. */
export function renameInManifest(manifest: string, names: SlashNames): string {
  const document = parseDocument(manifest);
  const commands = document.getIn(['features', 'slash_commands']);
  const count = isSeq(commands) ? commands.items.length : 0;
  for (let at = 0; at < count; at++) {
    for (const property of ['command', 'description']) {
      const path = ['features', 'slash_commands', at, property];
      document.setIn(path, renamed(String(document.getIn(path)), names));
    }
  }
  return document.toString({ lineWidth: 0 });
}

function renamed(text: string, names: SlashNames): string {
  const byDefault = new Map(Object.entries(slashNames).map(([command, name]) => [name, Reflect.get(names, command)]));
  return text.replaceAll(/\/([a-z][a-z0-9_-]*)/g, (whole, name: string) => {
    const now: unknown = byDefault.get(name);
    return typeof now === 'string' ? `/${now}` : whole;
  });
}
