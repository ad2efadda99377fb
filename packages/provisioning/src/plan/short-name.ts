import { createHash } from 'node:crypto';

const hashDigits = 6;

/**
 * A name that is no longer than `most` characters: a longer one loses its middle to six hexadecimal digits of its own
 * SHA-1, which Terraform can work out too.
 */
export const shortName = (name: string, most: number): string => {
  if (name.length <= most) return name;
  const room = most - hashDigits - 2;
  const head = Math.floor(room / 2);
  const digits = createHash('sha1').update(name).digest('hex').slice(0, hashDigits);
  return `${name.slice(0, head)}-${digits}-${name.slice(name.length - (room - head))}`;
};
