/** A text that is made of many pieces, and wanted as bytes. */
export type TextPieces = {
  readonly add: (text: string) => void;
  /** The same for a text of ASCII alone, such as a list of numbers. */
  readonly addAscii: (text: string) => void;
  readonly bytes: () => Uint8Array;
};

/** From this length on a piece is written as it is; to put it together with others first would be to copy it twice. */
const LONG = 1024;

/** Short pieces are gathered, long ones are not: an answer with many datapoints is a few hundred long texts. */
export const createTextPieces = (): TextPieces => {
  const pieces: { readonly text: string; readonly length: number }[] = [];
  let gathered = '';
  const addPiece = (text: string, length: number): void => {
    if (text.length < LONG) {
      gathered += text;
      return;
    }
    pieces.push({ text: gathered, length: Buffer.byteLength(gathered) }, { text, length });
    gathered = '';
  };
  return {
    add: (text) => addPiece(text, text.length < LONG ? 0 : Buffer.byteLength(text)),
    addAscii: (text) => addPiece(text, text.length),
    bytes: () => {
      const all = [...pieces, { text: gathered, length: Buffer.byteLength(gathered) }];
      const bytes = Buffer.allocUnsafe(all.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      // As many bytes as characters: there is nothing to encode.
      for (const { text, length } of all) at += bytes.write(text, at, text.length === length ? 'latin1' : 'utf8');
      return bytes;
    },
  };
};
