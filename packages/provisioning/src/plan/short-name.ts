const hashDigits = 6;

/** FNV-1a of 32 bits, as hexadecimal digits: the same text gives the same digits everywhere. */
const digitsOf = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0').slice(0, hashDigits);
};

/** A name that is no longer than `most` characters: a longer one loses its middle to six digits of its own. */
export const shortName = (name: string, most: number): string => {
  if (name.length <= most) return name;
  const room = most - hashDigits - 2;
  const head = Math.floor(room / 2);
  return `${name.slice(0, head)}-${digitsOf(name)}-${name.slice(name.length - (room - head))}`;
};
