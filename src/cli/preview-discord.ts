import {
  type APIEmbed,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Payload } from '../adapters/discord/render.ts';
import { escapeHtml, pngUrl } from './html.ts';

/** A Discord payload as Discord's clients show it, near enough to judge length, order and colour. */
export function discordHtml(payload: Payload, picture: Uint8Array | undefined): string {
  const embeds = payload.embeds
    .map((embed) => embedHtml(embed, picture, payload.attachments?.[0]?.description ?? ''))
    .join('');
  const rows = payload.components
    .map((row) => `<div class="d-row">${row.components.map(componentHtml).join('')}</div>`)
    .join('');
  return `<div class="d-message"><div class="avatar">B</div><div class="d-body"><div class="d-name">Borderwire <span class="d-app">APP</span><time>Today at 10:20</time></div>${embeds}${rows}</div></div>`;
}

function embedHtml(embed: APIEmbed, picture: Uint8Array | undefined, alt: string): string {
  const colour = `#${(embed.color ?? 0).toString(16).padStart(6, '0')}`;
  const fields = (embed.fields ?? [])
    .map(
      ({ name, value, inline }) =>
        `<div class="d-field${inline === true ? ' inline' : ''}"><b>${inlineHtml(name)}</b><div>${blockHtml(value)}</div></div>`,
    )
    .join('');
  return [
    `<article class="d-embed" style="border-left-color:${colour}">`,
    embed.title === undefined ? '' : `<h3>${inlineHtml(embed.title)}</h3>`,
    embed.description === undefined ? '' : `<div class="d-text">${blockHtml(embed.description)}</div>`,
    fields === '' ? '' : `<div class="d-fields">${fields}</div>`,
    embed.image && picture ? `<img src="${pngUrl(picture)}" alt="${escapeHtml(alt)}">` : '',
    embed.footer ? `<footer>${escapeHtml(embed.footer.text)}</footer>` : '',
    '</article>',
  ].join('');
}

function componentHtml(component: Payload['components'][number]['components'][number]): string {
  if (component.type === ComponentType.StringSelect)
    return `<span class="d-select">${escapeHtml(component.placeholder ?? '')} ▾</span>`;
  const label = 'label' in component ? (component.label ?? '') : '';
  const mark = 'url' in component ? ' ↗' : '';
  return `<span class="d-button${component.style === ButtonStyle.Primary ? ' primary' : ''}">${escapeHtml(label)}${mark}</span>`;
}

/** Lists, small print and lines. */
function blockHtml(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => {
      if (line.startsWith('- ')) return `<div class="d-item">${inlineHtml(line.slice(2))}</div>`;
      if (line.startsWith('-# ')) return `<div class="d-small">${inlineHtml(line.slice(3))}</div>`;
      return `<div>${inlineHtml(line)}</div>`;
    })
    .join('');
}

/** Bold, links and escaped marks; everything else as it stands. */
function inlineHtml(markdown: string): string {
  const token = /\\([^0-9A-Za-z\s])|\*\*((?:\\.|[^\\])+?)\*\*|\[((?:\\.|[^\]\\])*)\]\(([^)\s]+)\)/gsu;
  let html = '';
  let at = 0;
  for (const match of markdown.matchAll(token)) {
    html += escapeHtml(markdown.slice(at, match.index));
    const [whole, escaped, bold, words, url] = match;
    if (escaped !== undefined) html += escapeHtml(escaped);
    else if (bold !== undefined) html += `<b>${inlineHtml(bold)}</b>`;
    else html += `<a href="${escapeHtml(url ?? '')}">${inlineHtml(words ?? '')}</a>`;
    at = match.index + whole.length;
  }
  return html + escapeHtml(markdown.slice(at));
}

/** A form as Discord's clients open it. */
export function discordFormHtml(form: APIModalInteractionResponseCallbackData): string {
  const fields = form.components.map((component) => {
    if (!('component' in component)) return '';
    const { component: field, label, description = '' } = component;
    const hint = 'placeholder' in field ? (field.placeholder ?? '') : '';
    const tall = 'style' in field && field.style === TextInputStyle.Paragraph ? ' tall' : '';
    const mark = field.type === ComponentType.TextInput ? '' : ' ▾';
    const shown = field.type === ComponentType.ChannelSelect ? '# alerts' : hint;
    return `<label><b>${escapeHtml(label)}</b><small>${escapeHtml(description)}</small><span class="input${tall}">${escapeHtml(shown)}${mark}</span></label>`;
  });
  return `<div class="window"><h3>${escapeHtml(form.title)}</h3>${fields.join('')}<div class="d-row"><span class="d-button">Cancel</span><span class="d-button primary">Submit</span></div></div>`;
}
