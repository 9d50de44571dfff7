import type { webApi } from '@slack/bolt';
import type { Asker } from '../../core/command.ts';
import type { Grants } from './grants.ts';
import { forgetOldest } from './once.ts';

export interface Rights {
  /** User ids of this installation’s operators. */
  operators: readonly string[];
  /** User ids of those who may manage what channels follow, beside the workspace’s admins; any full member when empty or absent. */
  managers?: readonly string[];
}

/** Who did something, where. */
export interface Who {
  team: string;
  channel: string;
  user: string;
}

export type AskerOf = (who: Who) => Promise<Asker>;

interface AskerParts extends Rights {
  client: (workspace: string) => Promise<webApi.WebClient>;
  grants: Grants;
  now: () => number;
}

/** What Slack tells of a person: no more is kept, and that for ten minutes. */
interface Standing {
  admin: boolean;
  guest: boolean;
  locale: string | null;
}

const keptMs = 10 * 60_000;
const mostKept = 5000;
/** An answer does not wait longer than this for who asks. */
const patienceMs = 1500;

/**
 * Who asks, with their rights. Slack tells none with a command: workspace admins and guests are known where `users:read`
 * is granted. While Slack does not tell, those whom the settings name manage, or everybody when they name nobody.
 */
export function createAskers(parts: AskerParts): AskerOf {
  const { operators, managers = [], grants, now } = parts;
  const known = new Map<string, { until: number; standing: Promise<Standing | null> }>();

  async function look({ team, user }: Who): Promise<Standing | null> {
    const client = await parts.client(team);
    const found = await grants.use(team, 'users:read', () => client.users.info({ user, include_locale: true }));
    if (!found?.user) return null;
    const { is_admin, is_owner, is_restricted, is_ultra_restricted, is_stranger, is_bot, locale } = found.user;
    return {
      admin: is_admin === true || is_owner === true,
      guest: [is_restricted, is_ultra_restricted, is_stranger, is_bot].includes(true),
      locale: locale ?? null,
    };
  }

  function standingOf(who: Who): Promise<Standing | null> {
    const key = `${who.team} ${who.user}`;
    const kept = known.get(key);
    if (kept && now() < kept.until) return kept.standing;
    const standing = look(who).catch(() => {
      known.delete(key);
      return null;
    });
    known.set(key, { until: now() + keptMs, standing });
    forgetOldest(known, mostKept);
    return standing;
  }

  return async (who) => {
    const standing = await Promise.race([standingOf(who), nothingAfter(patienceMs)]);
    const operator = operators.includes(who.user);
    const listed = managers.includes(who.user) || operator || standing?.admin === true;
    return {
      userId: who.user,
      channel: { platform: 'slack', workspace: who.team, id: who.channel },
      locale: standing?.locale ?? 'en',
      manager: listed || (managers.length === 0 && standing?.guest !== true),
      operator,
    };
  };
}

/** Null after so many milliseconds. */
export function nothingAfter(ms: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), ms).unref();
  });
}
