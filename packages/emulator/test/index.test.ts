import { expect, it } from 'vitest';
import * as emulator from '../src/index.ts';

it('exports few things', () => {
  expect(Object.keys(emulator).sort()).toMatchInlineSnapshot(`
    [
      "DataDirectoryError",
      "EmulatorDefinitionError",
      "FunctionDefinitionError",
      "FunctionNotFound",
      "renderTrace",
      "startEmulator",
      "testClock",
      "traceTreesOf",
    ]
  `);
});
