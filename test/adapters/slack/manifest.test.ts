import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { extras } from '../../../src/adapters/slack/extras.ts';
import { shortcuts } from '../../../src/adapters/slack/listeners.ts';
import { manifestFor, namesOf } from '../../../src/adapters/slack/manifest.ts';
import { slashNames } from '../../../src/adapters/slack/slash-text.ts';
import { readSpecification, requireSpecifications } from '../../fakes/slack/reference.ts';

const file = new URL('../../../slack-manifest.yaml', import.meta.url);
const text = readFileSync(file, 'utf8');
const manifest: unknown = parse(text);
const part = (...names: readonly string[]): unknown =>
  names.reduce<unknown>((value, name) => Reflect.get(Object(value), name), manifest);
const here = requireSpecifications('slack-manifest.yaml against Slack’s schema', process.env);

function refusals(value: unknown): readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(Object(readSpecification('slack-manifest-schema/schemas/manifest.schema.1.0.0.json')));
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

function changed(change: (copy: object) => void): unknown {
  const copy: unknown = structuredClone(manifest);
  change(Object(copy));
  return copy;
}

describe('slack-manifest.yaml', () => {
  it.runIf(here)('is valid against Slack’s schema', () => {
    expect(refusals(manifest)).toEqual([]);
  });

  it.runIf(here).each<[string, (copy: object) => void]>([
    [
      'a name of 36 characters',
      (copy) => Reflect.set(Reflect.get(copy, 'display_information'), 'name', 'n'.repeat(36)),
    ],
    ['an unknown setting', (copy) => Reflect.set(Reflect.get(copy, 'settings'), 'socket_mood', true)],
    [
      'a command without its slash',
      (copy) => Reflect.set(Reflect.get(Reflect.get(copy, 'features'), 'slash_commands')[0], 'command', 'borderwire'),
    ],
  ])('would be refused with %s', (_what, change) => {
    expect(refusals(changed(change))).not.toEqual([]);
  });

  it('has the slash commands that the adapter listens to, and no more', () => {
    const commands = part('features', 'slash_commands');
    const listed = Array.isArray(commands)
      ? commands.map((one: unknown) => String(Reflect.get(Object(one), 'command')))
      : [];
    expect(listed).toEqual(Object.values(slashNames).map((name) => `/${name}`));
  });

  it('asks for no more than commands and posting where it was invited', () => {
    expect(part('oauth_config', 'scopes')).toEqual({ bot: ['commands', 'chat:write'] });
    expect(part('settings', 'socket_mode_enabled')).toBe(true);
    expect(part('settings', 'interactivity', 'is_enabled')).toBe(true);
  });
});

describe('renamed commands', () => {
  const names = namesOf({ borderwire: 'bw', timeline: 'bw-timeline' });
  const renamed = manifestFor(text, { names });

  it('are in the manifest, its examples too, and nothing else changes', () => {
    expect(renamed).toContain('command: /bw\n');
    expect(renamed).toContain('try /bw help');
    expect(renamed).toContain('command: /bw-timeline\n');
    expect(renamed).toContain('name: Borderwire');
    expect(manifestFor(text, { names: slashNames })).toBe(text);
  });

  it.runIf(here)('leave it valid', () => {
    expect(refusals(parse(renamed))).toEqual([]);
  });

  it.each(['', 'Big', 'with space', '/slash', 'x'.repeat(32), 'timeline'])('may not be called “%s”', (name) => {
    expect(() => namesOf({ borderwire: name })).toThrow(/slack command .* Choose/);
  });
});

describe('a manifest for one installation', () => {
  const of = (more: Partial<Parameters<typeof manifestFor>[1]>): string =>
    manifestFor(text, { names: slashNames, publicUrl: 'https://bw.example.org/', ...more });
  const all = Object.keys(extras) as (keyof typeof extras)[];

  it.runIf(here).each([
    ['every extra', { extras: all }],
    ['HTTP mode', { http: true }],
    ['many workspaces', { oauth: true, extras: all, http: true }],
  ])('is valid with %s', (_what, more) => {
    expect(refusals(parse(of(more)))).toEqual([]);
  });

  it('asks for what was chosen and no more', () => {
    const scopes = (more: object): unknown => parse(of(more)).oauth_config.scopes.bot;
    expect(scopes({ extras: ['pictures'] })).toEqual(['commands', 'chat:write', 'files:write']);
    expect(scopes({})).toEqual(['commands', 'chat:write']);
    expect(parse(of({ extras: ['links'] })).features.unfurl_domains).toEqual(['bw.example.org']);
  });

  it('says where Slack reaches it, everywhere', () => {
    const http = parse(of({ http: true, oauth: true }));
    const url = 'https://bw.example.org/slack/events';
    expect(http.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url, message_menu_options_url: url },
    });
    expect(http.features.slash_commands.map((one: { url: string }) => one.url)).toEqual([url, url, url, url]);
    expect(http.oauth_config.redirect_urls).toEqual(['https://bw.example.org/slack/oauth_redirect']);
    expect(() => of({ http: true, publicUrl: '' })).toThrow(/slack.publicUrl.*https:/);
  });

  it('has the shortcuts that the adapter listens to', () => {
    const listed: unknown = parse(text).features.shortcuts.map((one: { callback_id: string }) => one.callback_id);
    expect(listed).toEqual(Object.values(shortcuts));
  });
});
