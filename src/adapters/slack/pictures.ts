import { createHash } from 'node:crypto';
import type { types, webApi } from '@slack/bolt';
import type { Picture } from '../../core/message.ts';
import type { Log } from '../../core/ports.ts';
import type { Grants } from './grants.ts';
import { forgetOldest } from './once.ts';
import { shortenPlain } from './text.ts';

export interface Uploads {
  /** Makes a picture a file at Slack and answers its id; null where `files:write` is not granted, or when it fails. */
  file(workspace: string, picture: Picture): Promise<string | null>;
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

const altLimit = { file: 1000, block: 2000 };
const mostRemembered = 500;

/**
 * The three steps of files.uploadV2, done here because the client’s own helper gives the file no alternative text. A
 * picture that goes to many channels is uploaded once a workspace. Never rejects: a picture is no reason to say nothing.
 */
export function createUploads({ client, grants, log, timeoutMs = 10_000 }: UploadParts): Uploads {
  const uploaded = new Map<string, Promise<string | null>>();

  async function upload(workspace: string, picture: Picture): Promise<string | null> {
    const calls = await client(workspace);
    const { name, alt, png } = picture;
    const opened = await grants.use(workspace, 'files:write', () =>
      calls.apiCall('files.getUploadURLExternal', {
        filename: name,
        length: png.byteLength,
        alt_txt: shortenPlain(alt, altLimit.file),
      }),
    );
    if (!opened) return null;
    const [url, id]: unknown[] = [Reflect.get(opened, 'upload_url'), Reflect.get(opened, 'file_id')];
    if (typeof url !== 'string' || typeof id !== 'string')
      throw new Error('Slack’s answer names no place for the file');
    const sent = await fetch(url, {
      method: 'POST',
      body: new Blob([new Uint8Array(png)], { type: 'image/png' }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!sent.ok) throw new Error(`Slack did not take the file (${sent.status})`);
    await calls.files.completeUploadExternal({ files: [{ id, title: shortenPlain(alt, 255) || name }] });
    return id;
  }

  /** A failure is not remembered: another time it may do. */
  async function attempt(key: string, workspace: string, picture: Picture): Promise<string | null> {
    try {
      const id = await upload(workspace, picture);
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
