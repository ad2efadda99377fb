// Calls a handler again and again with nothing in between, and tells on stderr what a call cost.
import { createRequire } from 'node:module';
import { event } from '../sqs-event.ts';

const [, , file = '', sampled = '1', calls = '1000'] = process.argv;
const { handler }: { handler: (event: unknown, context: object) => Promise<unknown> } = createRequire(import.meta.url)(
  file,
);

async function call(n: number): Promise<void> {
  const digits = (n + 2 ** 32).toString(16).padStart(12, '0');
  process.env._X_AMZN_TRACE_ID = `Root=1-5759e988-bd862e3fe1be${digits};Parent=53995c3f42cd8ad8;Sampled=${sampled}`;
  const deadline = Date.now() + 30_000;
  await handler(JSON.parse(event), {
    awsRequestId: `8476a536-e9f4-41e8-9739-${digits}`,
    functionName: 'bench',
    getRemainingTimeInMillis: () => deadline - Date.now(),
  });
}

const count = Number(calls);
for (let n = 0; n < count / 3; n += 1) await call(n);
const start = process.cpuUsage();
for (let n = 0; n < count; n += 1) await call(n);
const { user, system } = process.cpuUsage(start);
process.stderr.write(`\n${(user + system) / count}\n`, () => process.exit(0));
