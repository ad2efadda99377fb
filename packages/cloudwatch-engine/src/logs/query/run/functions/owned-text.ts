/** V8 copies shorter parts of a text; longer ones keep the whole alive. */
const shortestSlice = 13;

/** A part of a text, which does not keep much more than itself in memory. */
export const ownedText = (part: string, whole: string): string =>
  part.length < shortestSlice || whole.length <= 2 * part.length + 32 ? part : part.split('').join('');
