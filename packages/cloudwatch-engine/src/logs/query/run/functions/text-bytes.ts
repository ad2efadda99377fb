const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of a text in UTF-8; `undefined` of one with half a pair of surrogates. */
const bytesOf = (text: string): readonly number[] | undefined => {
  const encoded = percentEncoded(text);
  if (encoded === undefined) return undefined;
  return Array.from(encoded.matchAll(/%(..)|./g), ([char, hex]) =>
    hex === undefined ? char.charCodeAt(0) : Number.parseInt(hex, 16),
  );
};

/** The text that bytes are in UTF-8; `undefined` where they are none. */
const textOfBytes = (bytes: readonly number[]): string | undefined =>
  percentDecoded(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));

export const utf8Length = (text: string): number => {
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return length;
};

/** All but letters, digits and - _ . ! ~ * ' ( ) as % and two digits. */
export const percentEncoded = (text: string): string | undefined => {
  try {
    return encodeURIComponent(text);
  } catch {
    return undefined;
  }
};

export const percentDecoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

export const base64Encoded = (text: string): string | undefined => {
  const bytes = bytesOf(text);
  if (bytes === undefined) return undefined;
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two, three] = bytes.slice(at, at + 3);
    const bits = one * 65_536 + (two ?? 0) * 256 + (three ?? 0);
    encoded += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63);
    encoded += two === undefined ? '=' : alphabet.charAt((bits >> 6) & 63);
    encoded += three === undefined ? '=' : alphabet.charAt(bits & 63);
  }
  return encoded;
};

/** `undefined` of what is no Base64, or of bytes that are no text. */
export const base64Decoded = (encoded: string): string | undefined => {
  const text = encoded.replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 4) {
    const digits = Array.from(text.slice(at, at + 4), (char) => alphabet.indexOf(char));
    const [one = 0, two = 0, three = 0, four = 0] = digits;
    const bits = (one << 18) | (two << 12) | (three << 6) | four;
    bytes.push(...[bits >> 16, (bits >> 8) & 255, bits & 255].slice(0, digits.length - 1));
  }
  return textOfBytes(bytes);
};

/** A text of two hexadecimal digits for each character. */
export const asciiOfHex = (hex: string): string | undefined => {
  const digits = hex.replace(/^0x/i, '');
  if (!/^(?:[\dA-Fa-f]{2})*$/.test(digits)) return undefined;
  return digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
};
