import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLog } from '../../src/lib/log.ts';

function written(log: (to: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const destination = new Writable({
    write: (chunk: Buffer, _, done) => {
      text += chunk.toString();
      done();
    },
  });
  log(createLog({ level: 'debug', pretty: false, destination }));
  return text;
}

// Put together here, so that nobody takes them for real ones.
const discordToken = ['MTIzNDU2Nzg5MDEyMzQ1Njc4OQ', 'GabcDE', 'x'.repeat(38)].join('.');
const slackToken = ['xoxb', '123456789012', 'AbCdEfGhIjKl'].join('-');
const interaction = `aW50ZXJhY3Rpb246${'Ab1_'.repeat(20)}`;

it.each([
  ['a bot token of Discord', `401 for ${discordToken}`, discordToken],
  ['a token of Slack', `invalid_auth: ${slackToken}`, slackToken],
  ['an app token of Slack', 'connecting with xapp-1-A0-99-abcdef', 'xapp-1-A0-99-abcdef'],
  [
    'an interaction in an address',
    `PATCH https://discord.com/api/v10/webhooks/12/${interaction}/messages`,
    interaction,
  ],
  ['a password of a database', 'connect postgres://bot:p4ss:w/rd@db.example/bw failed', 'p4ss:w/rd'],
  ['a key of a feed', 'GET https://desk.example/feed?id=1&api_key=s3cr3t&x=2: 403', 's3cr3t'],
  ['a header', 'sent Authorization: Bearer abcdefghijklmnop1234', 'abcdefghijklmnop1234'],
  ['a hook', 'POST https://hooks.slack.com/services/T0/B0/zzzz', 'T0/B0/zzzz'],
])('hides %s, in words, in errors and in what hangs on them', (_, words, secret) => {
  const text = written((log) => {
    log.info({ note: words, nested: { deep: [words] } }, words);
    log.error({ err: Object.assign(new Error(words), { url: words, requestBody: { json: words } }) }, 'failed');
  });
  expect(text).not.toContain(secret);
  expect(text).toContain('[hidden]');
  for (const line of text.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
});

it('leaves people out, and other words as they are', () => {
  const words = 'Read 12 entries of https://desk.example/feed?page=2 at 10:30:00Z: key facts, Bot started, a@b.example';
  const text = written((log) => log.info({ userId: 'U123', asker: { userId: 'U456' } }, words));
  expect(text).not.toMatch(/U123|U456/);
  expect(text).toContain(words);
});
