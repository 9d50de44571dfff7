import type { Installation, InstallationStore } from '@slack/bolt';
import { ConfigError } from '../../core/errors.ts';
import type { SealedStore } from '../../core/ports.ts';
import type { Seal } from './seal.ts';

const owner = 'slack';

/** Bolt's installation store over sealed rows, one a workspace. */
export interface Installations extends InstallationStore {
  /** Throws ConfigError when a stored installation opens with none of the keys. Seals anew what an older key sealed. */
  verify(): Promise<void>;
  forget(workspace: string): Promise<void>;
}

export function createInstallations(rows: SealedStore, seal: Seal, now: () => string): Installations {
  const put = (workspace: string, text: string) =>
    rows.put({ owner, name: workspace, sealed: seal.close(text, `${owner}/${workspace}`), at: now() });

  async function read(workspace: string): Promise<Installation | null> {
    const row = await rows.get(owner, workspace);
    if (row === null) return null;
    const opened = seal.open(row, `${owner}/${workspace}`);
    if (!opened)
      throw new ConfigError(
        'BORDERWIRE_ENCRYPTION_KEY',
        `does not open what is stored for the Slack workspace ${workspace}`,
        'Give the key that it was stored with, after the new one and a comma; or have the workspace install the app again',
      );
    if (opened.stale) await put(workspace, opened.text);
    return JSON.parse(opened.text) as Installation;
  }

  return {
    storeInstallation: async (installation) => {
      const workspace = installation.team?.id;
      if (installation.isEnterpriseInstall === true || workspace === undefined)
        throw new Error(
          'Install Borderwire in one workspace: installations for a whole organisation are not supported',
        );
      await put(workspace, JSON.stringify(installation));
    },
    fetchInstallation: async ({ teamId }) => {
      const found = teamId === undefined ? null : await read(teamId);
      if (!found) throw new Error(`Borderwire is not installed in the workspace ${teamId ?? '(none named)'}`);
      return found;
    },
    deleteInstallation: async ({ teamId }) => {
      if (teamId !== undefined) await rows.remove(owner, teamId);
    },
    verify: async () => {
      for (const workspace of await rows.names(owner)) await read(workspace);
    },
    forget: async (workspace) => {
      await rows.remove(owner, workspace);
    },
  };
}
