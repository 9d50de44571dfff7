/** What a workspace may grant beyond the least, and what it is for. The manifest and the install page ask for it. */
export interface Extra {
  scopes: readonly string[];
  events: readonly string[];
}

export const extras = {
  /** Workspace admins and guests, and the asker’s language. */
  people: { scopes: ['users:read'], events: [] },
  /** Maps and charts as pictures. */
  pictures: { scopes: ['files:write'], events: [] },
  /** Archived, left and regained channels are noticed at once. */
  channels: {
    scopes: ['channels:read', 'groups:read'],
    events: [
      'channel_archive',
      'channel_unarchive',
      'channel_deleted',
      'channel_left',
      'group_archive',
      'group_unarchive',
      'group_deleted',
      'group_left',
      'member_joined_channel',
    ],
  },
  /** Whether a message arrived when Slack did not say. */
  history: { scopes: ['channels:history', 'groups:history'], events: [] },
  /** Links to our own pages. */
  links: { scopes: ['links:read', 'links:write'], events: ['link_shared'] },
} as const satisfies Readonly<Record<string, Extra>>;

export type ExtraName = keyof typeof extras;

export const leastScopes: readonly string[] = ['commands', 'chat:write'];

export function scopesOf(names: readonly ExtraName[]): readonly string[] {
  return [...new Set([...leastScopes, ...names.flatMap((name) => extras[name].scopes)])];
}
