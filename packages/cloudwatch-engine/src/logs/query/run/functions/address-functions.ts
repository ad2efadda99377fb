import ipaddr from 'ipaddr.js';
import { type QueryValue, textOf } from '../query-value.ts';

/** With a zone, which names an interface. */
const longestAddress = 128;

const addressOf = (value: QueryValue): ipaddr.IPv4 | ipaddr.IPv6 | undefined => {
  const text = textOf(value);
  // Shorter spellings such as 10.1 are no addresses here.
  if (
    text === undefined ||
    text.length > longestAddress ||
    !ipaddr.isValid(text) ||
    (!text.includes(':') && text.split('.').length !== 4)
  )
    return undefined;
  return ipaddr.parse(text);
};

const isInSubnet = (value: QueryValue, subnet: QueryValue, kind?: 'ipv4' | 'ipv6'): boolean => {
  const address = addressOf(value);
  if (address === undefined || (kind !== undefined && address.kind() !== kind)) return false;
  try {
    const [range, bits] = ipaddr.parseCIDR(textOf(subnet)?.slice(0, longestAddress) ?? '');
    return range.kind() === address.kind() && address.match([range, bits] as never);
  } catch {
    return false;
  }
};

const rangeOf = (value: QueryValue): string | undefined => addressOf(value)?.range();

/** Functions of IP addresses (user guide, IP address string functions). */
export const addressFunctions = {
  isvalidip: ([value]: readonly QueryValue[]) => addressOf(value) !== undefined,
  isvalidipv4: ([value]: readonly QueryValue[]) => addressOf(value)?.kind() === 'ipv4',
  isvalidipv6: ([value]: readonly QueryValue[]) => addressOf(value)?.kind() === 'ipv6',
  isipinsubnet: ([value, subnet]: readonly QueryValue[]) => isInSubnet(value, subnet),
  isipv4insubnet: ([value, subnet]: readonly QueryValue[]) => isInSubnet(value, subnet, 'ipv4'),
  isipv6insubnet: ([value, subnet]: readonly QueryValue[]) => isInSubnet(value, subnet, 'ipv6'),
  ipv4tonumber: ([value]: readonly QueryValue[]) => {
    const address = addressOf(value);
    if (address?.kind() !== 'ipv4') return undefined;
    return address.toByteArray().reduce((number, byte) => number * 256 + byte, 0);
  },
  // The ranges that ipaddr.js calls private are those of RFC 1918, and of IPv4 alone.
  isprivateip: ([value]: readonly QueryValue[]) => rangeOf(value) === 'private',
  ispublicip: ([value]: readonly QueryValue[]) => rangeOf(value) === 'unicast',
} as const;
