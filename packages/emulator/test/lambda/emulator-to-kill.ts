import { startLambda } from '../../src/lambda/start-lambda.ts';

/** An emulator with a frozen process, which tells where they are and waits to be killed. */
const lambda = await startLambda({
  functions: [
    { name: 'inspect', entry: new URL('./handlers/probes.ts', import.meta.url).pathname, handler: 'inspect' },
  ],
  xrayDaemonAddress: '127.0.0.1:2000',
  log: () => {},
});
const { payload } = await lambda.invoke('inspect', '{}');
const { pid, cwd } = JSON.parse(payload);
process.stdout.write(`${JSON.stringify({ pid, folder: cwd })}\n`);
