import { webApi } from '@slack/bolt';

/**
 * What a workspace’s token may do beyond posting. Nobody is asked for more than a workspace gave: the first refusal
 * is remembered for an hour, so that a scope that is granted later is found without a restart.
 */
export interface Grants {
  /** The call’s answer, or null where the scope is not granted. Throws what else goes wrong. */
  use<Answer>(workspace: string, scope: string, call: () => Promise<Answer>): Promise<Answer | null>;
}

const rememberedMs = 60 * 60_000;
/** A server that does not know the method is one that does not grant it. */
const refusals = new Set(['missing_scope', 'unknown_method', 'not_allowed_token_type', 'method_not_supported']);

export function createGrants(now: () => number): Grants {
  const lackingUntil = new Map<string, number>();
  return {
    use: async (workspace, scope, call) => {
      const key = `${workspace} ${scope}`;
      if (now() < (lackingUntil.get(key) ?? 0)) return null;
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof webApi.WebAPIPlatformError) || !refusals.has(error.data.error)) throw error;
        lackingUntil.set(key, now() + rememberedMs);
        return null;
      }
    },
  };
}
