/** What Discord answers when it does not do what it is asked. */
export class DiscordRefusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly more: object;
  constructor(
    status: number,
    code: number,
    message: string,
    extra: { headers?: Readonly<Record<string, string>>; more?: object } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = extra.headers ?? {};
    this.more = extra.more ?? {};
  }
}
