import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeDiscord, startFakeDiscord, token } from '../../fakes/discord/server.ts';
import { hasDescription, loadDescription } from '../../fakes/discord/spec.ts';
import { ids } from '../../fakes/discord/world.ts';

const isDescribed = hasDescription();
let fake: FakeDiscord;
let time = Date.parse('2026-03-02T12:00:00.000Z');
beforeAll(async () => {
  fake = await startFakeDiscord({
    now: () => time,
    description: isDescribed ? loadDescription() : null,
    channelLimit: 1000,
  });
});
afterAll(() => fake.close());

async function call(method: string, path: string, body: object) {
  const answer = await fetch(`${fake.url}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const data: unknown = answer.status === 204 ? null : await answer.json();
  return { status: answer.status, code: data === null ? null : Reflect.get(Object(data), 'code'), data };
}

const nobody = { allowed_mentions: { parse: [] } };
const x = (count: number) => 'x'.repeat(count);
const embed = (more: object) => ({ ...nobody, embeds: [{ title: 't', ...more }] });
const fields = (count: number) => Array.from({ length: count }, () => ({ name: 'n', value: 'v' }));
const button = (id: string) => ({ type: 2, style: 2, label: 'b', custom_id: id });
const words = (count: number) => Array.from({ length: count }, (_, n) => `v${n}`);
const select = (...values: string[]) => ({
  type: 3,
  custom_id: 's',
  options: values.map((value) => ({ label: 'l', value })),
});
const row = (...buttons: object[]) => ({ ...nobody, content: 'c', components: [{ type: 1, components: buttons }] });
const buttons = (count: number) => Array.from({ length: count }, (_, n) => button(`b${n}`));
const command = (more: object) => [{ name: 'test', description: 'd', type: 1, ...more }];
const option = (more: object) => command({ options: [{ type: 3, name: 'o', description: 'd', ...more }] });
const choices = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `c${n}`, value: `v${n}` }));

const post = `/channels/${ids.text}/messages`;
const put = `/applications/${ids.application}/commands`;

/** What just fits beside what does not; `by` says which of the two checks refuses it. */
const table: readonly { what: string; fits: object; not: object; path?: string; by?: 'rule' }[] = [
  { what: 'a title of 257', fits: embed({ title: x(256) }), not: embed({ title: x(257) }) },
  { what: 'a description of 4097', fits: embed({ description: x(4096) }), not: embed({ description: x(4097) }) },
  {
    what: 'a field name of 257',
    fits: embed({ fields: [{ name: x(256), value: 'v' }] }),
    not: embed({ fields: [{ name: x(257), value: 'v' }] }),
  },
  {
    what: 'a field value of 1025',
    fits: embed({ fields: [{ name: 'n', value: x(1024) }] }),
    not: embed({ fields: [{ name: 'n', value: x(1025) }] }),
  },
  { what: 'a footer of 2049', fits: embed({ footer: { text: x(2048) } }), not: embed({ footer: { text: x(2049) } }) },
  { what: '26 fields', fits: embed({ fields: fields(25) }), not: embed({ fields: fields(26) }) },
  {
    what: '6001 characters in all',
    fits: embed({ description: x(4096), footer: { text: x(6000 - 4096 - 1) } }),
    not: embed({ description: x(4096), footer: { text: x(6001 - 4096 - 1) } }),
    by: 'rule',
  },
  { what: 'content of 2001', fits: { ...nobody, content: x(2000) }, not: { ...nobody, content: x(2001) }, by: 'rule' },
  { what: 'no allowed_mentions', fits: { ...nobody, content: 'c' }, not: { content: 'c' }, by: 'rule' },
  { what: 'an empty message', fits: { ...nobody, content: 'c' }, not: nobody, by: 'rule' },
  {
    what: 'a blank field',
    fits: embed({ fields: fields(1) }),
    not: embed({ fields: [{ name: 'n', value: ' ' }] }),
    by: 'rule',
  },
  { what: '6 buttons in a row', fits: row(...buttons(5)), not: row(...buttons(6)) },
  { what: 'a custom_id of 101', fits: row(button(x(100))), not: row(button(x(101))) },
  { what: 'a list with one value twice', fits: row(select('a', 'b')), not: row(select('a', 'a')), by: 'rule' },
  { what: 'a list beside a button', fits: row(select('a')), not: row(select('a'), button('b')), by: 'rule' },
  { what: '26 to choose from', fits: row(select(...words(25))), not: row(select(...words(26))) },
  { what: 'a label of 81', fits: row({ ...button('a'), label: x(80) }), not: row({ ...button('a'), label: x(81) }) },
  { what: 'a custom_id twice', fits: row(button('a'), button('b')), not: row(button('a'), button('a')), by: 'rule' },
  { what: 'an unknown property', fits: embed({}), not: embed({ colour: 1 }) },
  { what: 'a wrong type', fits: embed({ color: 1 }), not: embed({ color: 'red' }) },
  { what: 'a nonce of 26', fits: { ...embed({}), nonce: x(25) }, not: { ...embed({}), nonce: x(26) } },
  {
    what: 'Components V2 with content',
    fits: { ...nobody, flags: 1 << 15, components: [{ type: 10, content: 'c' }] },
    not: { ...nobody, flags: 1 << 15, components: [{ type: 10, content: 'c' }], content: 'c' },
    by: 'rule',
  },
  { what: '26 choices', path: put, fits: option({ choices: choices(25) }), not: option({ choices: choices(26) }) },
  {
    what: 'a command description of 101',
    path: put,
    fits: command({ description: x(100) }),
    not: command({ description: x(101) }),
  },
  {
    what: 'a name in capitals',
    path: put,
    fits: command({ name: 'ban-status' }),
    not: command({ name: 'Ban-Status' }),
    by: 'rule',
  },
  {
    what: 'a required option after an optional one',
    path: put,
    fits: option({ required: true }),
    not: command({
      options: [
        { type: 3, name: 'a', description: 'd' },
        { type: 3, name: 'b', description: 'd', required: true },
      ],
    }),
    by: 'rule',
  },
  {
    what: 'a command of more than 8000 characters',
    path: put,
    fits: command({ options: Array.from({ length: 25 }, (_, n) => ({ type: 3, name: `o${n}`, description: x(100) })) }),
    not: command({
      options: Array.from({ length: 25 }, (_, n) => ({
        type: 3,
        name: `o${n}`,
        description: x(100),
        choices: choices(25).map((one) => ({ ...one, name: x(20) })),
      })),
    }),
    by: 'rule',
  },
];

describe('what the fake Discord refuses', () => {
  it.skipIf(!isDescribed).each(table)('$what', async ({ fits, not, path = post }) => {
    const method = path === put ? 'PUT' : 'POST';
    expect((await call(method, path, fits)).data).not.toHaveProperty('errors');
    const refused = await call(method, path, not);
    expect([refused.status, [50035, 50006].includes(Number(refused.code))]).toEqual([400, true]);
  });

  // Without the description the hand rules alone must refuse what they can.
  it.each(isDescribed ? [] : table.filter(({ by }) => by === 'rule'))(
    '$what, by hand',
    async ({ fits, not, path = post }) => {
      const method = path === put ? 'PUT' : 'POST';
      expect((await call(method, path, fits)).status).toBe(200);
      expect((await call(method, path, not)).status).toBe(400);
    },
  );

  it('a second acknowledgement, and one that comes after three seconds', async () => {
    const answer = (one: { id: string; token: string }) =>
      call('POST', `/interactions/${one.id}/${one.token}/callback`, { type: 5 });
    const first = fake.interactions.open();
    time += 3_000;
    expect((await answer(first)).status).toBe(204);
    expect(await answer(first)).toMatchObject({ status: 400, code: 40060 });
    const second = fake.interactions.open();
    time += 3_001;
    expect(await answer(second)).toMatchObject({ status: 404, code: 10062 });
  });

  it('an answer after fifteen minutes, or before the acknowledgement', async () => {
    const edit = (one: { token: string }) =>
      call('PATCH', `/webhooks/${ids.application}/${one.token}/messages/%40original`, { ...nobody, content: 'c' });
    const late = fake.interactions.open();
    expect(await edit(late)).toMatchObject({ status: 404, code: 10015 });
    await call('POST', `/interactions/${late.id}/${late.token}/callback`, { type: 5 });
    time += 15 * 60_000;
    expect((await edit(late)).status).toBe(200);
    time += 1;
    expect(await edit(late)).toMatchObject({ status: 401, code: 50027 });
  });

  it('a nonce it has seen within some minutes: the first message is given again', async () => {
    const send = async () =>
      Reflect.get(Object((await call('POST', post, { ...embed({}), nonce: 'n', enforce_nonce: true })).data), 'id');
    const first = await send();
    expect(await send()).toBe(first);
    time += 5 * 60_000;
    expect(await send()).not.toBe(first);
  });

  it('more messages than a channel takes, and says when to go on', async () => {
    const small = await startFakeDiscord({ now: () => time, channelLimit: 1 });
    const send = () =>
      fetch(`${small.url}/v10${post}`, {
        method: 'POST',
        headers: { authorization: `Bot ${token}` },
        body: JSON.stringify({ ...nobody, content: 'c' }),
      });
    expect((await send()).headers.get('x-ratelimit-remaining')).toBe('0');
    const limited = await send();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '5.000']);
    time += 5_000;
    expect((await send()).status).toBe(200);
    await small.close();
  });
});

describe('Discord’s own description', () => {
  it('must be there where everything is checked, and may be missing elsewhere', () => {
    expect(() => hasDescription('/nowhere/discord-openapi.json', 'true')).toThrow('/nowhere/discord-openapi.json');
    expect(hasDescription('/nowhere/discord-openapi.json', '')).toBe(false);
  });
});
