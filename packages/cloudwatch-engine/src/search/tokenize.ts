/** A name or term in pieces: where case, letters and digits change, and at anything that is neither letter nor digit. */
export type Pieces = {
  /** As written, in order. */
  readonly pieces: readonly string[];
  /** For each piece, whether its word has no other; then case does not matter. */
  readonly alone: readonly boolean[];
  /** All pieces as one, in small letters. */
  readonly whole: string;
};

const WORD = /[\p{L}\p{N}]+/gu;
/** `SDBFailure` is SDB and Failure, `couNT` is cou and NT, `trial333` is trial and 333 (user guide, "Tokenization"). */
const PIECE = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lm}\p{Lo}]+|\p{Lu}+|\p{N}+|\p{Lt}/gu;

export function tokenize(text: string): Pieces {
  const pieces: string[] = [];
  const alone: boolean[] = [];
  for (const [word] of text.matchAll(WORD)) {
    const parts = word.match(PIECE) ?? [word];
    for (const part of parts) {
      pieces.push(part);
      alone.push(parts.length === 1);
    }
  }
  return { pieces, alone, whole: pieces.join('').toLowerCase() };
}

/**
 * Whether the pieces of a term follow one another in a name. A word of one piece matches whatever its case, one of
 * several as it is written: `count` and `network/errors` find CustomCount1 and NetworkErrors2, `count1` does not.
 */
export function containsTerm(name: Pieces, term: Pieces): boolean {
  const { pieces, alone, whole } = term;
  if (pieces.length === 0) return true;
  if (pieces.length === 1 && name.whole === whole) return true;
  for (let from = 0; from + pieces.length <= name.pieces.length; from += 1) {
    if (pieces.every((piece, index) => same(name.pieces[from + index] ?? '', piece, alone[index] === true)))
      return true;
  }
  return false;
}

function same(piece: string, wanted: string, anyCase: boolean): boolean {
  return anyCase ? piece.toLowerCase() === wanted.toLowerCase() : piece === wanted;
}
