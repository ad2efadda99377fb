import { expect, it } from 'vitest';
import { flagsOf, recordError, stackFrames } from '../../src/tracing/exceptions.ts';
import { openSpan } from '../../src/tracing/span-record.ts';

it.each([
  ['a plain error', new Error('no trunk'), { fault: true }],
  ['a thrown text', 'no trunk', { fault: true }],
  ['a 404', Object.assign(new Error('gone'), { statusCode: 404 }), { error: true }],
  ['a 503', Object.assign(new Error('down'), { status: 503 }), { fault: true }],
  ['a 429', Object.assign(new Error('slow down'), { status: 429 }), { error: true, throttle: true }],
  [
    'a throttle of the AWS SDK',
    Object.assign(new Error(), { name: 'ThrottlingException' }),
    { error: true, throttle: true },
  ],
  ['a client fault of the AWS SDK', Object.assign(new Error(), { $fault: 'client' }), { error: true }],
  ['a server fault of the AWS SDK', Object.assign(new Error(), { $fault: 'server' }), { fault: true }],
  [
    'the HTTP status of the AWS SDK over its fault',
    Object.assign(new Error(), { $fault: 'client', $metadata: { httpStatusCode: 500 } }),
    { fault: true },
  ],
])('flags %s by what it means', (_name, error, flags) => {
  expect(flagsOf(error)).toEqual(flags);
});

it('reads the stack lines that V8 writes', () => {
  const stack = [
    'Error: no trunk: at the (gate)',
    '    at dial (/var/task/telephony.js:12:7)',
    '    at async Promise.all (index 0)',
    '    at /var/task/index.mjs:3:1',
    '    at new Trunk (file:///var/task/trunk.mjs:40:11)',
  ].join('\n');
  expect(stackFrames(stack)).toEqual([
    { path: '/var/task/telephony.js', line: 12, label: 'dial' },
    { path: '/var/task/index.mjs', line: 3, label: 'anonymous' },
    { path: 'file:///var/task/trunk.mjs', line: 40, label: 'new Trunk' },
  ]);
});

it('reads the stack of an error thrown here', () => {
  const [frame] = stackFrames(new Error('here').stack);
  expect(frame?.path).toContain('exceptions.test.ts');
  expect(frame?.line).toBeGreaterThan(0);
});

it('chains the causes of an error, and stops at a cycle', () => {
  const inner = new TypeError('no route');
  const outer = new Error('no trunk', { cause: inner });
  inner.cause = outer;
  const span = openSpan('1'.repeat(16), 'dial', 0);
  let next = 0;
  recordError(
    span,
    outer,
    () => (next++).toString(16).padStart(16, '0'),
    (text) => text,
  );
  expect(span.exceptions.length).toBeLessThanOrEqual(5);
  expect(span.exceptions.slice(0, 2)).toMatchObject([
    { id: '0'.repeat(16), type: 'Error', message: 'no trunk', cause: '0000000000000001' },
    { type: 'TypeError', message: 'no route' },
  ]);
});
