import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressOf } from '../../src/server/http-message.ts';
import { emulatorWith } from '../running-emulator.ts';

/** The status of the answer to a request line as it is, which no client would send. */
const statusOf = async (url: string, target: string): Promise<number> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.end(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return Number(text.split(' ')[1]);
};

it('answers every target of a request line as the request of a client, not as a fault of its own', async () => {
  const warnings: string[] = [];
  const { url } = await emulatorWith({ warn: (message) => warnings.push(message) });
  for (const target of ['http://[', 'http://a:b/', 'mailto:x']) {
    expect([target, await statusOf(url, target)]).toEqual([target, 400]);
  }
  for (const target of ['//[', '//:', '/[', '/%', '//evil.example/_emulator/health']) {
    expect([target, await statusOf(url, target)]).toEqual([target, 403]);
  }
  expect(await statusOf(url, 'http://127.0.0.1/_emulator/health?x=[')).toBe(200);
  expect(warnings).toEqual([]);
});

it('reads a path from whatever follows a slash', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (rest) => {
      expect(addressOf({ url: `/${rest}` }).pathname).toMatch(/^\//);
    }),
  );
});
