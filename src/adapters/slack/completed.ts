type Told = Readonly<Record<string, unknown>>;

const told = (value: unknown): Told =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/**
 * What Slack sent, with what is taken for granted of it: an organisation's own installations name no team, and servers
 * that are only like Slack leave out what they do not use. `team` is the one workspace that the token is for.
 */
export function completed(body: unknown, team: string): Told {
  const given = told(body);
  if ('command' in given) return filled(given, { text: '', team_id: team, channel_id: '', user_id: '' });
  if ('event' in given) return filled(given, { team_id: team });
  return 'type' in given ? interactive(given, team) : given;
}

function interactive(given: Told, team: string): Told {
  const user = filled(told(given['user']), { id: '', team_id: team });
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
