import { createHash } from 'node:crypto';
import type { types, webApi } from '@slack/bolt';
import type { Picture, Reply } from '../../core/message.ts';
import type { Log } from '../../core/ports.ts';
import type { Grants } from './grants.ts';
import { forgetOldest } from './once.ts';
import { shortenPlain } from './text.ts';

export interface Uploads {
  /** Makes a picture a file at Slack and answers its id; null where `files:write` is not granted, or when it fails. */
  file(workspace: string, picture: Picture): Promise<string | null>;
  /** Sends a text as a file for all in a conversation to see; false where `files:write` is not granted, or it fails. */
  share(workspace: string, channel: string, file: NonNullable<Reply['file']>): Promise<boolean>;
  /** Slack does not show it in a message: from now on its words stand in its place. */
  giveUp(workspace: string, picture: Picture): void;
}

interface UploadParts {
  client: (workspace: string) => Promise<webApi.WebClient>;
  grants: Grants;
  log: Log;
  /** Milliseconds for sending the bytes. */
  timeoutMs?: number;
}

interface Upload {
  name: string;
  bytes: Uint8Array;
  type: string;
  /** Only pictures have one. */
  alt?: string;
  title: string;
  /** Where it is shown at once; absent: where a message shows it. */
  channel?: string;
}

const altLimit = { file: 1000, block: 2000 };
const mostRemembered = 500;

/**
 * The three steps of files.uploadV2, done here because the client’s own helper gives the file no alternative text. A
 * picture that goes to many channels is uploaded once a workspace. Never rejects: a picture is no reason to say nothing.
 */
export function createUploads({ client, grants, log, timeoutMs = 10_000 }: UploadParts): Uploads {
  const uploaded = new Map<string, Promise<string | null>>();

  async function upload(workspace: string, { name, bytes, type, alt, title, channel }: Upload): Promise<string | null> {
    const calls = await client(workspace);
    const opened = await grants.use(workspace, 'files:write', () =>
      calls.apiCall('files.getUploadURLExternal', {
        filename: name,
        length: bytes.byteLength,
        ...(alt === undefined ? {} : { alt_txt: shortenPlain(alt, altLimit.file) }),
      }),
    );
    if (!opened) return null;
    const [url, id]: unknown[] = [Reflect.get(opened, 'upload_url'), Reflect.get(opened, 'file_id')];
    if (typeof url !== 'string' || typeof id !== 'string')
      throw new Error('Slack’s answer names no place for the file');
    const sent = await fetch(url, {
      method: 'POST',
      body: new Blob([new Uint8Array(bytes)], { type }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!sent.ok) throw new Error(`Slack did not take the file (${sent.status})`);
    const files: [{ id: string; title: string }] = [{ id, title: shortenPlain(title, 255) || name }];
    await calls.files.completeUploadExternal(channel === undefined ? { files } : { files, channel_id: channel });
    return id;
  }

  /** A failure is not remembered: another time it may do. */
  async function attempt(key: string, workspace: string, picture: Picture): Promise<string | null> {
    try {
      const { name, alt, png } = picture;
      const id = await upload(workspace, { name, bytes: png, type: 'image/png', alt, title: alt });
      if (id === null) uploaded.delete(key);
      return id;
    } catch (error) {
      uploaded.delete(key);
      log.warn({ err: error, picture: picture.name }, 'picture could not be uploaded; its words stand in its place');
      return null;
    }
  }

  return {
    file: (workspace, picture) => {
      if (picture.png.byteLength === 0 || picture.alt.trim() === '') return Promise.resolve(null);
      const key = keyOf(workspace, picture);
      const uploading = uploaded.get(key) ?? attempt(key, workspace, picture);
      uploaded.set(key, uploading);
      forgetOldest(uploaded, mostRemembered);
      return uploading;
    },
    share: async (workspace, channel, { name, text }) => {
      const bytes = Buffer.from(text);
      try {
        return (await upload(workspace, { name, bytes, type: 'text/plain', title: name, channel })) !== null;
      } catch (error) {
        log.warn({ err: error, file: name }, 'file could not be sent; its text stands in its place');
        return false;
      }
    },
    giveUp: (workspace, picture) => {
      log.warn({ picture: picture.name }, 'picture is not shown; its words stand in its place');
      uploaded.set(keyOf(workspace, picture), Promise.resolve(null));
    },
  };
}

function keyOf(workspace: string, { png, alt }: Picture): string {
  return `${workspace} ${createHash('sha256').update(png).update(alt).digest('base64')}`;
}

/** The block that shows an uploaded picture. */
export function imageBlock(picture: Picture, file: string): types.ImageBlock {
  return { type: 'image', slack_file: { id: file }, alt_text: shortenPlain(picture.alt, altLimit.block) };
}
