import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether a host is an IP address and not a name. Brackets of IPv6 may stand. */
export function isAddress(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) !== 0;
}

/** IPv4 written into the low bytes of IPv6, long deprecated: the library takes it for a public address. */
const compatible = ipaddr.IPv6.parseCIDR('::/96');

/**
 * Whether an IP address (text, as the system gives it) is a public unicast one. IPv4 mapped into IPv6 counts as IPv4;
 * loopback, private, link-local, shared, multicast, documentation, tunnelled and translated ranges do not count.
 */
export function isPublicAddress(text: string): boolean {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  const address = ipaddr.process(bare);
  if (address.range() !== 'unicast') return false;
  return !(address instanceof ipaddr.IPv6) || !address.match(compatible);
}
