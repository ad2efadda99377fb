import { startEmulator } from '../../src/index.ts';

// Runs until it is killed.
const [, , dataDirectory = ''] = process.argv;
const emulator = await startEmulator({ functions: [], dataDirectory });
process.stdout.write(`${emulator.url}\n`);
