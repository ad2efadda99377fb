import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineSplitter } from '../../../src/lambda/environment/line-splitter.ts';

describe('lines', () => {
  it('are the same however the text is cut into chunks', () => {
    const chunks = fc.array(fc.stringMatching(/^[ab\n]{0,5}$/), { maxLength: 8 });
    fc.assert(
      fc.property(chunks, (pieces) => {
        const lines: string[] = [];
        const splitter = lineSplitter((line) => lines.push(line));
        for (const piece of pieces) splitter.push(piece);
        splitter.flush();
        const text = pieces.join('');
        const expected = text.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(lines).toEqual(expected);
      }),
    );
  });
});
