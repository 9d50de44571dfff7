import { both, byType, type Check, flag, isRecord, list, object, oneOf, string, word } from './shape.ts';

/**
 * Block Kit as its documentation and the comments of @slack/types have it: properties and limits, written by hand, for
 * the blocks and elements that a chat bot uses. What is not listed is refused.
 */
const id = string(255);
const address: Check = both(string(3000), (value, path) =>
  URL.canParse(String(value)) && /^https?:/i.test(String(value)) ? [] : [`${path}: is no web address`],
);
const any: Check = () => [];

function plain(most: number): Check {
  return object({ type: word('plain_text'), text: string(most), 'emoji?': flag() });
}

function mrkdwn(most: number): Check {
  return object({ type: word('mrkdwn'), text: both(string(most), markup), 'verbatim?': flag() });
}

function text(most: number): Check {
  return byType({ plain_text: plain(most), mrkdwn: mrkdwn(most) });
}

/** A section's text and the like may not be blank. */
const markup: Check = (value, path) => (String(value).trim() === '' ? [`${path}: must not be blank`] : []);

const confirm = object({
  title: plain(100),
  text: text(300),
  confirm: plain(30),
  deny: plain(30),
  'style?': word('primary', 'danger'),
});
const option = object({ text: text(75), value: string(150), 'description?': plain(75), 'url?': address });
const options = list(option, 100);
const placeholder = plain(150);
const choosing = {
  type: any,
  'action_id?': id,
  'placeholder?': placeholder,
  'confirm?': confirm,
  'focus_on_load?': flag(),
};

const image = both(
  object({
    type: any,
    alt_text: string(2000),
    'image_url?': address,
    'slack_file?': any,
    'title?': plain(2000),
    'block_id?': id,
  }),
  oneOf('image_url', 'slack_file'),
);
const button = object({
  type: any,
  text: plain(75),
  'action_id?': id,
  'url?': address,
  'value?': string(2000),
  'style?': word('primary', 'danger'),
  'confirm?': confirm,
  'accessibility_label?': string(75),
});
const selects: Readonly<Record<string, Check>> = {
  static_select: object({ ...choosing, options, 'initial_option?': option }),
  multi_static_select: object({
    ...choosing,
    options,
    'initial_options?': options,
    'max_selected_items?': any,
  }),
  conversations_select: object({
    ...choosing,
    'initial_conversation?': string(255),
    'default_to_current_conversation?': flag(),
    'response_url_enabled?': flag(),
    'filter?': any,
  }),
};
const input: Check = object({
  type: any,
  'action_id?': id,
  'placeholder?': placeholder,
  'initial_value?': string(3000, 0),
  'multiline?': flag(),
  'min_length?': any,
  'max_length?': any,
  'focus_on_load?': flag(),
  'dispatch_action_config?': any,
});

const blocks = byType({
  header: object({ type: any, text: plain(150), 'block_id?': id, 'level?': any }),
  divider: object({ type: any, 'block_id?': id }),
  image,
  section: both(
    object({
      type: any,
      'text?': text(3000),
      'fields?': list(text(2000), 10),
      'accessory?': byType({ button, image, ...selects }),
      'block_id?': id,
      'expand?': flag(),
    }),
    oneOf('text', 'fields'),
  ),
  context: object({
    type: any,
    elements: list(byType({ image, plain_text: plain(3000), mrkdwn: mrkdwn(3000) }), 10),
    'block_id?': id,
  }),
  actions: object({ type: any, elements: list(byType({ button, ...selects }), 25), 'block_id?': id }),
  input: object({
    type: any,
    label: plain(2000),
    element: byType({ plain_text_input: input, ...selects }),
    'hint?': plain(2000),
    'optional?': flag(),
    'dispatch_action?': flag(),
    'block_id?': id,
  }),
});

/** Past this many characters of JSON a message is refused, which no documentation says. */
export const wholeMessage = 13_200;

/** Everything wrong with a message’s blocks. */
export function messageBlockViolations(value: unknown): readonly string[] {
  const size = JSON.stringify(value ?? null).length;
  return [
    ...list(blocks, 50, 0)(value, 'blocks'),
    ...duplicates(value, 'block_id'),
    ...duplicateActions(value),
    ...(size > wholeMessage ? [`msg_blocks_too_long: ${size} characters`] : []),
  ];
}

const view = byType({
  home: object({ type: any, blocks: list(blocks, 100), 'callback_id?': id, 'private_metadata?': string(3000, 0) }),
  modal: object({
    type: any,
    title: plain(24),
    blocks: list(blocks, 100),
    'submit?': plain(24),
    'close?': plain(24),
    'callback_id?': id,
    'private_metadata?': string(3000, 0),
    'clear_on_close?': flag(),
    'notify_on_close?': flag(),
  }),
});

/** Everything wrong with a view of App Home or a modal. */
export function viewViolations(value: unknown): readonly string[] {
  const inside = isRecord(value) ? value['blocks'] : undefined;
  const modal = isRecord(value) && value['type'] === 'modal' && Array.isArray(inside);
  const hasInput = modal && inside.some((block) => isRecord(block) && block['type'] === 'input');
  return [
    ...view(value, 'view'),
    ...duplicates(inside, 'block_id'),
    ...duplicateActions(inside),
    ...(hasInput && value['submit'] === undefined ? ['view: a modal with an input needs submit'] : []),
  ];
}

function duplicates(value: unknown, name: string): readonly string[] {
  const ids = (Array.isArray(value) ? value : [])
    .map((one) => (isRecord(one) ? one[name] : undefined))
    .filter((one) => one !== undefined);
  return ids.filter((one, at) => ids.indexOf(one) !== at).map((one) => `duplicate ${name} ${JSON.stringify(one)}`);
}

function duplicateActions(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).flatMap((block) =>
    isRecord(block) ? duplicates(block['elements'], 'action_id') : [],
  );
}
