import { SourceError, type SourceErrorKind } from '../core/errors.ts';

interface Cause {
  kind: SourceErrorKind;
  code: string;
  message: string;
  hint: string;
}

function cause(kind: SourceErrorKind, code: string, message: string, hint: string): Cause {
  return { kind, code, message, hint };
}

/** What to say of a passing fault. */
export const later =
  'Nothing to do at first: it is tried again, ever more rarely. If it stays, open the address in a browser';

/** Error codes of Node, OpenSSL and undici, and what each means for a source. */
const causes: Readonly<Record<string, Cause>> = {
  ENOTFOUND: cause('unreachable', 'dns', 'the host name is not known', 'Check the spelling of the host, and DNS'),
  EAI_AGAIN: cause('unreachable', 'dns', 'the name server did not answer', 'Check the network and DNS of this machine'),
  ECONNREFUSED: cause('unreachable', 'connection-refused', 'the host refuses connections', later),
  EHOSTUNREACH: cause('unreachable', 'no-route', 'the host cannot be reached', 'Check the network of this machine'),
  ENETUNREACH: cause('unreachable', 'no-route', 'the network cannot be reached', 'Check the network of this machine'),
  ECONNRESET: cause('unreachable', 'early-close', 'the connection was cut', later),
  EPIPE: cause('unreachable', 'early-close', 'the connection was cut', later),
  UND_ERR_SOCKET: cause('unreachable', 'early-close', 'the connection was cut before the answer was whole', later),
  ERR_STREAM_PREMATURE_CLOSE: cause('unreachable', 'early-close', 'the answer broke off', later),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: cause(
    'malformed',
    'wrong-length',
    'the answer is not as long as it says',
    later,
  ),
  UND_ERR_CONNECT_TIMEOUT: cause('unreachable', 'connect-timeout', 'no connection within the limit', later),
  ETIMEDOUT: cause('unreachable', 'connect-timeout', 'no connection within the limit', later),
  UND_ERR_HEADERS_OVERFLOW: cause('malformed', 'headers-too-large', 'the answer has too many headers', later),
  UND_ERR_INVALID_ARG: cause('malformed', 'bad-request', 'the request could not be made', 'Check address and headers'),
  CERT_HAS_EXPIRED: cause(
    'unreachable',
    'tls-expired',
    'the certificate has expired',
    'The site must renew it; check the clock of this machine',
  ),
  CERT_NOT_YET_VALID: cause(
    'unreachable',
    'tls-not-yet-valid',
    'the certificate is not valid yet',
    'Check the clock of this machine',
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: cause(
    'unreachable',
    'tls-wrong-host',
    'the certificate is for another host',
    'Check the host name, with and without www',
  ),
};

const untrusted = cause(
  'unreachable',
  'tls-untrusted',
  'the certificate is signed by nobody this machine trusts',
  'If you trust it, name its authority in NODE_EXTRA_CA_CERTS',
);

const handshake = cause(
  'unreachable',
  'tls-handshake',
  'no secure connection could be agreed',
  'Try the address with http, or report it to the site',
);

const notHttp = cause('malformed', 'not-http', 'the answer is not HTTP', 'Check the port of the address');

function causeOf(code: string): Cause | undefined {
  if (causes[code]) return causes[code];
  if (/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|CERT_/.test(code)) return untrusted;
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(code)) return handshake;
  return code.startsWith('HPE_') ? notHttp : undefined;
}

function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const code: unknown = error.name === 'HTTPParserError' ? 'HPE_INVALID' : Reflect.get(error, 'code');
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [...(typeof code === 'string' ? [code] : []), ...inner.flatMap((one) => codesOf(one, depth + 1))];
}

/** A network error as the source's fault, with its own code and remedy. A SourceError stays as it is. */
export function toSourceError(error: unknown, url: string): SourceError {
  if (error instanceof SourceError) return error;
  const found = codesOf(error).map(causeOf).find(Boolean);
  const detail = error instanceof Error ? error.message : String(error);
  if (found) return new SourceError(found.kind, found.code, `${url}: ${found.message}`, found.hint, { cause: error });
  return new SourceError('unreachable', 'network', `${url}: ${detail}`, later, { cause: error });
}
