/** Cuts bytes into lines of text. */
export type LineSplitter = {
  readonly push: (chunk: Buffer) => void;
  /** Emits what came after the last line end. */
  readonly flush: () => void;
};

const lineEnd = 0x0a;

/** Where UTF-8 may be cut, at `end` or up to three bytes before it: not within a character. */
const cutBefore = (bytes: Buffer, end: number): number => {
  for (let at = end; at > end - 4; at -= 1) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at;
  return end;
};

/** Emits each line without its end; one of more than `mostBytes`, which is at least 4, in pieces of as many. */
export function lineSplitter(emit: (line: string) => void, mostBytes = Number.POSITIVE_INFINITY): LineSplitter {
  let parts: Buffer[] = [];
  let bytes = 0;
  const hold = (part: Buffer): void => {
    if (part.length > 0) parts.push(part);
    bytes += part.length;
  };
  const emitHeld = (isWhole: boolean): void => {
    const [only] = parts;
    const held = only !== undefined && parts.length === 1 ? only : Buffer.concat(parts, bytes);
    let from = 0;
    while (held.length - from > mostBytes) {
      const cut = cutBefore(held, from + mostBytes);
      emit(held.toString('utf8', from, cut));
      from = cut;
    }
    if (isWhole) emit(held.toString('utf8', from));
    parts = isWhole ? [] : [held.subarray(from)];
    bytes = isWhole ? 0 : held.length - from;
  };
  return {
    push(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(lineEnd); at >= 0; at = chunk.indexOf(lineEnd, from)) {
        hold(chunk.subarray(from, at));
        emitHeld(true);
        from = at + 1;
      }
      hold(chunk.subarray(from));
      if (bytes > mostBytes) emitHeld(false);
    },
    flush() {
      if (bytes > 0) emitHeld(true);
    },
  };
}
