import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createUdpEmitter, daemonAddress } from '../../src/tracing/udp-emitter.ts';

it.each([
  [undefined, { host: '127.0.0.1', port: 2000 }],
  ['', { host: '127.0.0.1', port: 2000 }],
  ['169.254.79.129:2000', { host: '169.254.79.129', port: 2000 }],
  ['localhost:3000', { host: '127.0.0.1', port: 3000 }],
  ['tcp:127.0.0.1:2000 udp:127.0.0.2:2001', { host: '127.0.0.2', port: 2001 }],
  ['udp:127.0.0.2:2001 tcp:127.0.0.1:2000', { host: '127.0.0.2', port: 2001 }],
])('finds the daemon in AWS_XRAY_DAEMON_ADDRESS=%s', (text, address) => {
  expect(daemonAddress(text)).toEqual(address);
});

it('sends each document behind the header that the daemon expects', async () => {
  const daemon = createSocket('udp4').bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  const send = createUdpEmitter(`127.0.0.1:${daemon.address().port}`);
  send('{"id":"1"}');
  const [message] = await once(daemon, 'message');
  daemon.close();
  expect(String(message)).toBe('{"format": "json", "version": 1}\n{"id":"1"}');
});

it('does not throw where nobody listens or a document is larger than a datagram', async () => {
  const send = createUdpEmitter('127.0.0.1:9');
  for (const document of ['{}', '{}', 'x'.repeat(100_000), '{}']) expect(send(document)).toBeUndefined();
  await new Promise((resolve) => setImmediate(resolve));
});
