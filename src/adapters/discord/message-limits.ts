/** Discord's limits, in UTF-16 units; from its API documentation. */
export const limits = {
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  /** Not Discord's: what is this short may have another field beside it. */
  inlineValue: 40,
  footer: 2048,
  embedTotal: 6000,
  customId: 100,
  /** Discord takes 80; on a phone that is no button. */
  buttonLabel: 40,
  buttonsInRow: 5,
  rows: 5,
  linkUrl: 512,
  options: 25,
  option: 100,
  altText: 1024,
} as const;
