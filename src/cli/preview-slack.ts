import type { types } from '@slack/bolt';
import { slashNames } from '../adapters/slack/slash-text.ts';
import { createSlashWords } from '../adapters/slack/slash-words.ts';
import { definitions } from '../commands/index.ts';
import { escapeHtml, pngUrl } from './html.ts';

/** Commands stand in Slack's messages as they are typed there. */
export const atSlack = createSlashWords(definitions, slashNames);

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Slack's blocks as its clients show them, near enough to judge length, order and labels. */
export function slackHtml(blocks: readonly object[], picture: Uint8Array | undefined): string {
  const shown = listOf(blocks)
    .map((block) => blockHtml(block, picture))
    .join('');
  return `<div class="s-message"><div class="avatar">B</div><div class="s-body"><div class="s-name">Borderwire <span class="s-app">APP</span><time>10:20 AM</time></div>${shown}</div></div>`;
}

function blockHtml(block: Json, picture: Uint8Array | undefined): string {
  switch (block['type']) {
    case 'header':
      return `<h3>${plain(block['text'])}</h3>`;
    case 'divider':
      return '<hr>';
    case 'section': {
      const fields = listOf(block['fields']).map((field) => `<div>${words(field)}</div>`);
      const accessory = isObject(block['accessory']) ? elementHtml(block['accessory']) : '';
      return `<div class="s-section">${isObject(block['text']) ? `<div>${words(block['text'])}</div>` : ''}${accessory}${fields.length > 0 ? `<div class="s-fields">${fields.join('')}</div>` : ''}</div>`;
    }
    case 'input':
      return inputHtml(block);
    case 'context':
      return `<div class="s-context">${listOf(block['elements']).map(elementHtml).join('')}</div>`;
    case 'actions':
      return `<div class="s-row">${listOf(block['elements']).map(elementHtml).join('')}</div>`;
    case 'image':
      return picture
        ? `<img src="${pngUrl(picture)}" alt="${escapeHtml(textOf(block['alt_text']))}">`
        : `<div class="s-context">[picture]</div>`;
    default:
      return `<pre>${escapeHtml(JSON.stringify(block))}</pre>`;
  }
}

/** A window of Slack's, as a form is one. */
export function slackWindowHtml({ title, submit, close, blocks }: types.ModalView): string {
  const shown = listOf(blocks).map((block) => blockHtml(block, undefined));
  const buttons = `<div class="s-row"><span class="s-button">${plain(close)}</span><span class="s-button primary">${plain(submit)}</span></div>`;
  return `<div class="window"><h3>${plain(title)}</h3>${shown.join('')}${buttons}</div>`;
}

function inputHtml({ label, hint, optional, element }: Json): string {
  const field = isObject(element) ? element : {};
  const type = textOf(field['type']);
  const mark = type === 'checkboxes' ? '☐' : type === 'plain_text_input' ? '' : ' ▾';
  const may = optional === true ? ' <i>(optional)</i>' : '';
  return `<label><b>${plain(label)}${may}</b><span class="input">${plain(field['placeholder'])}${mark}</span><small>${plain(hint)}</small></label>`;
}

function elementHtml(element: Json): string {
  if (element['type'] === 'button') {
    const style = textOf(element['style']);
    return `<span class="s-button ${escapeHtml(style)}">${plain(element['text'])}</span>`;
  }
  if (textOf(element['type']).endsWith('_select'))
    return `<span class="s-button">${plain(element['placeholder'])} ▾</span>`;
  if (element['type'] === 'overflow') return '<span class="s-button">…</span>';
  if (element['type'] === 'image') return '';
  return `<span>${words(element)}</span>`;
}

function plain(text: unknown): string {
  return escapeHtml(isObject(text) ? textOf(text['text']) : '');
}

function words(text: Json): string {
  return text['type'] === 'mrkdwn' ? mrkdwnHtml(textOf(text['text'])) : plain(text);
}

/** Slack has & < > escaped already; links stand in angle brackets. */
function mrkdwnHtml(mrkdwn: string): string {
  const code = /^```\n?([\s\S]*?)```$/.exec(mrkdwn);
  if (code) return `<pre>${(code[1] ?? '').trimEnd()}</pre>`;
  return mrkdwn
    .replaceAll(/<#(\w+)>/g, '<a href="#">#alerts</a>')
    .replaceAll(/<(https?:[^|>]+)\|([^>]*)>/g, '<a href="$1">$2</a>')
    .replaceAll(/(^|[\s(])\*([^*\n]+)\*/gm, '$1<b>$2</b>')
    .replaceAll('\n', '<br>');
}
