// Terraform's values on the wire: msgpack, with an extension for what is not known before apply.
import { decode, ExtensionCodec, encode } from '@msgpack/msgpack';

export const UNKNOWN = Object.freeze({ unknown: true });

// Type 0 is a plain unknown, type 12 an unknown with refinements, which are not needed here.
const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: 0,
  encode: (v) => (v === UNKNOWN ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
extensionCodec.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

export const fromWire = (v) =>
  v?.msgpack?.length
    ? decode(v.msgpack, { extensionCodec })
    : v?.json?.length
      ? JSON.parse(Buffer.from(v.json).toString())
      : null;
export const toWire = (v) => ({ msgpack: encode(v, { extensionCodec, ignoreUndefined: true }) });

export const isUnknown = (v) => v === UNKNOWN;
export const known = (v) => v !== null && v !== undefined && v !== UNKNOWN;

/** A number as the provider stores it, in 64 bits; Terraform sends a fraction as text, since its own have more digits. */
export const number = (v) => (known(v) ? Number(v) : v);

/** Deep equality of two decoded values; unknown equals only unknown. */
export function same(a, b) {
  if (a === b) return true;
  if (isUnknown(a) || isUnknown(b) || a === null || b === null || typeof a !== 'object' || typeof b !== 'object')
    return false;
  const ka = Object.keys(a),
    kb = Object.keys(b);
  return ka.length === kb.length && ka.every((k) => same(a[k], b[k]));
}
