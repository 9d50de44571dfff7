/** block_id of the channel that a subscription is for. */
export const channelBlock = 'channel';
/** How the block_id of an option’s field begins; its name follows. */
export const optionBlock = 'option:';

const callback = 'form:';

/** callback_id of a command’s form. */
export function formCallback(command: string): string {
  return `${callback}${command}`;
}

/** The command of a form’s callback_id; null for other views. */
export function commandOfForm(callbackId: string): string | null {
  return callbackId.startsWith(callback) ? callbackId.slice(callback.length) : null;
}
