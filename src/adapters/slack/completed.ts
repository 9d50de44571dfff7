type Told = Readonly<Record<string, unknown>>;

const told = (value: unknown): Told =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/**
 * What Slack sent, with what is taken for granted of it: an organisation's own installations name no team, and servers
 * that are only like Slack leave out what they do not use. `only` is the one workspace that the token is for.
 */
export function completed(body: unknown, only: string): Told {
  const given = told(body);
  const team = workspaceOf(given, only);
  const named = team === undefined ? given : { ...given, team_id: team };
  if ('command' in given) return filled(named, { text: '', team_id: only, channel_id: '', user_id: '' });
  if ('event' in given) return filled(named, { team_id: only });
  if (!('type' in given)) return given;
  return interactive(team === undefined ? given : { ...given, team: { ...told(given['team']), id: team } }, only);
}

/**
 * The workspace that has the app: in a channel that several share, what is told names that of the person instead. Not
 * known where an organisation has the app for many.
 */
function workspaceOf(given: Told, only: string): string | undefined {
  const { authorizations, view } = given;
  const authorization = told(Array.isArray(authorizations) ? authorizations[0] : undefined);
  const { is_enterprise_install: wide = given['is_enterprise_install'] } = authorization;
  if (only !== '' && String(wide) !== 'true') return only;
  const named = authorization['team_id'] ?? told(view)['app_installed_team_id'];
  return typeof named === 'string' && named !== '' ? named : undefined;
}

function interactive(given: Told, only: string): Told {
  const user = filled(told(given['user']), { id: '', team_id: only });
  const { channel_id: channel } = told(given['container']);
  const { actions } = given;
  return {
    ...filled(given, {
      team: { id: user['team_id'] },
      ...(typeof channel === 'string' && !('view' in given) ? { channel: { id: channel } } : {}),
    }),
    user,
    ...(Array.isArray(actions) ? { actions: actions.map((one) => filled(told(one), { type: 'button' })) } : {}),
  };
}

/** What was told, and what is usual for the rest. */
function filled(given: Told, usual: Told): Told {
  const missing = Object.entries(usual).filter(([name]) => (given[name] ?? null) === null);
  return { ...given, ...Object.fromEntries(missing) };
}
