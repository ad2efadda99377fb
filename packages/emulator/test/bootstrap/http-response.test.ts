import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HttpResponse, responseReader } from '../../src/bootstrap/http-response.ts';

const rendered = (body: string): Buffer =>
  Buffer.from(`HTTP/1.1 200 OK\r\nX-Name: a: b \r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);

describe('responses on a kept connection', () => {
  it('are read whole however they are cut into chunks', () => {
    const bodies = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(bodies, fc.integer({ min: 1, max: 40 }), (texts, size) => {
        const read: HttpResponse[] = [];
        const take = responseReader((response) => read.push(response));
        for (const text of texts) {
          const bytes = rendered(text);
          for (let at = 0; at < bytes.length; at += size) take(bytes.subarray(at, at + size));
        }
        expect(read.map((response) => response.body)).toEqual(texts);
      }),
    );
  });

  it('have their status and headers, with names in lower case', () => {
    const read: HttpResponse[] = [];
    responseReader((response) => read.push(response))(rendered('x'));
    expect(read[0]).toEqual({ status: 200, headers: { 'x-name': 'a: b', 'content-length': '1' }, body: 'x' });
  });
});
