import ipaddr from 'ipaddr.js';
import { malformed } from './filter-policy-error.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const addressOf = (text: string): Address | undefined => {
  if (!text.includes(':')) return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : undefined;
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
};

/** Whether an address is in a block of addresses of IPv4 or IPv6. @throws FilterPolicyError */
export const cidrTest = (block: string): ((text: string) => boolean) => {
  const [network, bits, ...others] = block.split('/');
  if (network === undefined || bits === undefined || others.length > 0) {
    throw malformed("Malformed CIDR, one '/' required");
  }
  if (!/^[+-]?\d+$/.test(bits)) throw malformed('Malformed CIDR, mask bits must be an integer');
  if (Number(bits) < 0) throw malformed('Malformed CIDR, mask bits must not be negative');
  const base = addressOf(network);
  if (base === undefined) throw malformed(`Nonstandard IP address: ${network}`);
  const most = base.kind() === 'ipv4' ? 32 : 128;
  if (Number(bits) > most) {
    throw malformed(`${most === 32 ? 'IPv4' : 'IPv6'} mask bits must be < ${most}`);
  }
  return (text) => {
    const address = addressOf(text);
    return address?.kind() === base.kind() && isWithin(address, base, Number(bits));
  };
};

const isWithin = (address: Address, base: Address, bits: number): boolean => {
  const [bytes, baseBytes] = [address.toByteArray(), base.toByteArray()];
  return bytes.every((byte, index) => {
    const unmasked = Math.min(8, Math.max(0, 8 * (index + 1) - bits));
    return byte >> unmasked === (baseBytes[index] ?? 0) >> unmasked;
  });
};
