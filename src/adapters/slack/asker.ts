import type { Asker } from '../../core/command.ts';

export interface Rights {
  /** User ids of this installation’s operators. */
  operators: readonly string[];
  /** User ids of those who may manage what channels follow; any full member when empty or absent. */
  managers?: readonly string[];
}

/** Who asks, where. Slack tells no rights with a command, so managers are those whom the settings name. */
export function askerOf(who: { team: string; channel: string; user: string }, rights: Rights): Asker {
  const { operators, managers = [] } = rights;
  const operator = operators.includes(who.user);
  return {
    userId: who.user,
    channel: { platform: 'slack', workspace: who.team, id: who.channel },
    locale: 'en',
    manager: managers.length === 0 || managers.includes(who.user) || operator,
    operator,
  };
}
