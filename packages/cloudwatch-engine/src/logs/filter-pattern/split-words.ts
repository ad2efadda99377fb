const closing: Readonly<Record<string, string>> = { '"': '"', '[': ']' };

/**
 * The words of a delimited event; what stands in double quotes or square brackets is one. The last of at most `most`
 * has the rest of the message.
 */
export const splitWords = (message: string, most: number): readonly string[] => {
  const words: string[] = [];
  const space = /\s/g;
  const endless = new Set<string>();
  const nextOf = (character: string, from: number): number => {
    // Looked for once where there is none: a message of nothing but brackets takes no longer than another.
    if (endless.has(character)) return -1;
    const found = message.indexOf(character, from);
    if (found < 0) endless.add(character);
    return found;
  };
  let at = 0;
  while (at < message.length) {
    const opening = message.charAt(at);
    if (/\s/.test(opening)) {
      at += 1;
      continue;
    }
    const close = closing[opening];
    const enclosed = close === undefined ? -1 : nextOf(close, at + 1);
    space.lastIndex = at;
    const end = enclosed < 0 ? (space.exec(message)?.index ?? message.length) : enclosed + 1;
    if (words.length + 1 >= most && message.slice(end).trim() !== '') return [...words, message.slice(at)];
    words.push(enclosed < 0 ? message.slice(at, end) : message.slice(at + 1, enclosed));
    at = end;
  }
  return words;
};
