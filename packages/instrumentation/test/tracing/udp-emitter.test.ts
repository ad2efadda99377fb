import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createUdpEmitter, daemonAddress } from '../../src/tracing/udp-emitter.ts';

/** Sockets that are unref'd are in none of Node's own lists. */
const descriptors = (): number => readdirSync('/proc/self/fd').length;

it.each([
  [undefined, { host: '127.0.0.1', port: 2000 }],
  ['', { host: '127.0.0.1', port: 2000 }],
  ['169.254.79.129:2000', { host: '169.254.79.129', port: 2000 }],
  ['localhost:3000', { host: '127.0.0.1', port: 3000 }],
  ['tcp:127.0.0.1:2000 udp:127.0.0.2:2001', { host: '127.0.0.2', port: 2001 }],
  [' localhost:2000 ', { host: '127.0.0.1', port: 2000 }],
  ['udp:127.0.0.2:2001 tcp:127.0.0.1:2000', { host: '127.0.0.2', port: 2001 }],
])('finds the daemon in AWS_XRAY_DAEMON_ADDRESS=%s', (text, address) => {
  expect(daemonAddress(text)).toEqual(address);
});

it.each(['127.0.0.1', '127.0.0.1:99999', '127.0.0.1:x', 'tcp:127.0.0.1:2000', '[::1]:2000', 'udp:'])(
  'refuses AWS_XRAY_DAEMON_ADDRESS=%s with the way out',
  (text) => {
    const message = `AWS_XRAY_DAEMON_ADDRESS is "${text}", which is no address: write host:port`;
    expect(() => createUdpEmitter(text)('{}')).toThrow(message);
  },
);

it.runIf(process.platform === 'linux').each(['999.1.1.1:2000', '127.0.0.1:9'])(
  'does not gather sockets where %s is no daemon',
  async (text) => {
    const before = descriptors();
    const send = createUdpEmitter(text);
    for (let n = 0; n < 20; n += 1) {
      send('{}');
      // A host is looked up, and a port that is closed refuses, after a while that nobody tells of.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(descriptors() - before).toBeLessThan(10);
  },
);

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
