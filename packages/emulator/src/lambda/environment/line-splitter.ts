/** Cuts chunks of text into lines; `flush` emits what came after the last line end. */
export function lineSplitter(emit: (line: string) => void): {
  readonly push: (chunk: string) => void;
  readonly flush: () => void;
} {
  let rest = '';
  return {
    push(chunk) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) emit(line);
    },
    flush() {
      if (rest !== '') emit(rest);
      rest = '';
    },
  };
}
