import type { Installation } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInstallations } from '../../../src/adapters/slack/installations.ts';
import { createSeal } from '../../../src/adapters/slack/seal.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import type { Store } from '../../../src/core/ports.ts';
import { testServices } from '../../fakes/services.ts';

const [oldKey, newKey] = ['o'.repeat(32), 'n'.repeat(32)];
const now = () => '2026-03-02T12:00:00.000Z';

function installation(team: string, more: Partial<Installation<'v2', false>> = {}): Installation<'v2', false> {
  return {
    team: { id: team, name: team },
    enterprise: undefined,
    user: { id: 'U1', token: undefined, scopes: undefined },
    bot: { id: 'B1', userId: 'UBOT', scopes: ['chat:write'], token: `xoxb-secret-${team}` },
    authVersion: 'v2',
    ...more,
  };
}
const query = (teamId: string) => ({ teamId, enterpriseId: undefined, isEnterpriseInstall: false }) as const;

describe('installations in the database', () => {
  let store: Store;
  beforeEach(async () => {
    ({ store } = await testServices());
  });
  afterEach(() => store.close());
  const open = (keys: string) => createInstallations(store.installations, createSeal(keys), now);

  it('come back as they were stored, one a workspace, and never stand there in the clear', async () => {
    const installations = open(oldKey);
    await installations.storeInstallation(installation('T1'));
    await installations.storeInstallation(installation('T2'));
    expect((await installations.fetchInstallation(query('T2'))).bot?.token).toBe('xoxb-secret-T2');
    expect(await store.installations.get('slack', 'T1')).not.toMatch(/xoxb|secret|UBOT/);
    expect(await store.installations.names('slack')).toEqual(['T1', 'T2']);
  });

  it('are replaced when a workspace installs again, and gone when it is forgotten', async () => {
    const installations = open(oldKey);
    await installations.storeInstallation(installation('T1'));
    const bot = { id: 'B1', userId: 'UBOT', scopes: [], token: 'xoxb-newer' };
    await installations.storeInstallation(installation('T1', { bot }));
    expect((await installations.fetchInstallation(query('T1'))).bot?.token).toBe('xoxb-newer');
    await installations.forget('T1');
    await expect(installations.fetchInstallation(query('T1'))).rejects.toThrow(/not installed in the workspace T1/);
  });

  it('are sealed anew with the newest key once they are looked at', async () => {
    await open(oldKey).storeInstallation(installation('T1'));
    await open(`${newKey},${oldKey}`).verify();
    expect((await open(newKey).fetchInstallation(query('T1'))).bot?.token).toBe('xoxb-secret-T1');
  });

  it('say which key is wanted when none opens them', async () => {
    await open(oldKey).storeInstallation(installation('T1'));
    const error: unknown = await open(newKey)
      .verify()
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ message: expect.stringMatching(/BORDERWIRE_ENCRYPTION_KEY.*workspace T1.*comma/) });
  });

  it('are for workspaces, not for whole organisations', async () => {
    await expect(
      open(oldKey).storeInstallation({
        ...installation('T1'),
        team: undefined,
        enterprise: { id: 'E1' },
        isEnterpriseInstall: true,
      }),
    ).rejects.toThrow(/one workspace/);
  });
});
