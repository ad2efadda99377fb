import { existsSync, writeFileSync } from 'node:fs';

const marker = process.env.MARKER ?? '';
if (!existsSync(marker)) {
  writeFileSync(marker, '');
  throw new Error('first try');
}

/** Loads at the second try. */
export const handler = async (): Promise<string> => 'loaded';
