/** A text that is made of many pieces, and wanted as bytes. */
type TextPieces = { readonly add: (text: string) => void; readonly bytes: () => Uint8Array };

/** From this length on a piece is written as it is; to put it together with others first would be to copy it twice. */
const LONG = 1024;

/** Short pieces are gathered, long ones are not: an answer with many datapoints is a few hundred long texts. */
export const createTextPieces = (): TextPieces => {
  const pieces: string[] = [];
  let gathered = '';
  const add = (text: string): void => {
    if (text.length < LONG) {
      gathered += text;
      return;
    }
    pieces.push(gathered, text);
    gathered = '';
  };
  return {
    add,
    bytes: () => {
      const all = [...pieces, gathered];
      const bytes = Buffer.allocUnsafe(all.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0));
      let at = 0;
      for (const piece of all) at += bytes.write(piece, at);
      return bytes;
    },
  };
};
