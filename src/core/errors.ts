/** Wrong setting: names the file, line or variable, what was found, and what would do. Exit 78. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly setting: string;
  readonly hint: string;
  constructor(setting: string, message: string, hint: string, options?: ErrorOptions) {
    super(`${setting}: ${message}. ${hint}`, options);
    this.setting = setting;
    this.hint = hint;
  }
}

export type SourceErrorKind = 'unreachable' | 'rate-limited' | 'malformed' | 'changed' | 'gone' | 'refused';

/** A source's fault: kept with the source, shown with its remedy, never stops another source. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly kind: SourceErrorKind;
  /** A stable word for the exact case: `timeout`, `redirect-loop`, `challenge-page`, `tls`. */
  readonly code: string;
  readonly hint: string;
  /** ISO 8601 UTC before which the source must not be asked again. */
  readonly retryAt: string | null;
  constructor(
    kind: SourceErrorKind,
    code: string,
    message: string,
    hint: string,
    options: ErrorOptions & { retryAt?: string } = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.code = code;
    this.hint = hint;
    this.retryAt = options.retryAt ?? null;
  }
}

/** Safe to show to the person who asked. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Wrong command line: one helpful line, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type StoreErrorKind = 'full' | 'busy' | 'read-only' | 'corrupt' | 'io';

/** The database could not do what was asked: names the file and the remedy. What was not committed is as if never asked. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  readonly hint: string;
  constructor(kind: StoreErrorKind, file: string, message: string, hint: string, options?: ErrorOptions) {
    super(`${file}: ${message}. ${hint}`, options);
    this.kind = kind;
    this.hint = hint;
  }
}
