import * as z from 'zod';
import { parseHttpUrl } from '../lib/url.ts';
import { foldWord } from './language-fold.ts';
import { tokenize } from './phrases.ts';

/** Shape of `config/publishers.yaml`. */
export const publishersSchema = z.strictObject({
  publishers: z.array(
    z.strictObject({
      name: z.string().min(1),
      aliases: z.array(z.string().min(1)).default([]),
      hosts: z.array(z.string().min(1)).default([]),
      family: z.string().optional(),
      agency: z.boolean().default(false),
    }),
  ),
  newsroomNouns: z.array(z.string().min(1)),
  newsroomWords: z.array(z.string().min(1)),
});
export type PublishersData = z.infer<typeof publishersSchema>;

/** Outlets by any of their names and hosts, and who owns whom. */
export interface Publishers {
  data: PublishersData;
  /** The name an outlet is shown under; the given one when it is not listed. */
  canonical(name: string): string;
  isKnown(name: string): boolean;
  isAgency(name: string): boolean;
  /** Owner or syndicate; the outlet itself when it stands alone; null for none. */
  familyOf(name: string | null): string | null;
  /** Listed outlet of an address's host, subdomains included; null when it is not listed. */
  outletOfUrl(url: string | null): string | null;
  /** Takes a listed outlet off the end of a headline: `Headline | Example News`. */
  splitTitle(title: string): { title: string; outlet: string | null };
}

type Entry = PublishersData['publishers'][number];

function keyOf(name: string): string {
  return tokenize(name).words.map(foldWord).join(' ').replace(/^the /, '').replace(/ com$/, '');
}

function hostEntry(hosts: ReadonlyMap<string, Entry>, host: string): Entry | undefined {
  const labels = host.toLowerCase().split('.');
  for (let at = 0; at < labels.length - 1; at += 1) {
    const entry = hosts.get(labels.slice(at).join('.'));
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Builds the look-ups once from the parsed data. */
export function createPublishers(data: PublishersData): Publishers {
  const names = new Map<string, Entry>();
  const hosts = new Map<string, Entry>();
  for (const entry of data.publishers) {
    for (const name of [entry.name, ...entry.aliases]) names.set(keyOf(name), entry);
    for (const host of entry.hosts) hosts.set(host, entry);
  }
  const find = (name: string): Entry | undefined => names.get(keyOf(name));
  return {
    data,
    canonical: (name) => find(name)?.name ?? name,
    isKnown: (name) => find(name) !== undefined,
    isAgency: (name) => find(name)?.agency ?? false,
    familyOf: (name) => {
      if (name === null) return null;
      const entry = find(name);
      return entry?.family ?? entry?.name ?? name;
    },
    outletOfUrl: (url) => {
      const host = url === null ? null : (parseHttpUrl(url)?.hostname ?? null);
      return host === null ? null : (hostEntry(hosts, host)?.name ?? null);
    },
    splitTitle: (title) => {
      const found = /^(.{12,}?)\s+[-|–—]\s+([^-|–—]{2,40})$/u.exec(title);
      const outlet = found?.[2] === undefined ? undefined : find(found[2]);
      return found?.[1] === undefined || outlet === undefined
        ? { title, outlet: null }
        : { title: found[1], outlet: outlet.name };
    },
  };
}
