import { describe, expect, it } from 'vitest';
import { createMasker } from '../../src/masking/masker.ts';

const { text } = createMasker();

/** As people and libraries write them; [country, written, masked]. */
const NUMBERS: readonly (readonly [where: string, written: string, masked: string])[] = [
  ['E.164, United States', '+15551234567', '+1********67'],
  ['E.164, Germany', '+4917123456789', '+49*********89'],
  ['E.164, Portugal', '+351912345678', '+351*******78'],
  ['E.164, Russia', '+79123456789', '+7********89'],
  ['E.164, Singapore', '+6581234567', '+65******67'],
  ['E.164, Falkland Islands, the shortest', '+50051234', '+500***34'],
  ['international, United States', '+1 555 123 4567', '+1********67'],
  ['international, parentheses', '+1 (555) 123-4567', '+1********67'],
  ['international, Germany with trunk 0', '+49 (0)171 2345678', '+49*********78'],
  ['international, France', '+33 6 12 34 56 78', '+33*******78'],
  ['international, France with dots', '+33.6.12.34.56.78', '+33*******78'],
  ['international, United Kingdom', '+44 7911 123456', '+44********56'],
  ['international, Brazil', '+55 11 96123-4567', '+55*********67'],
  ['international, no-break spaces', '+47\u00a0406\u00a012\u00a0345', '+47******45'],
  ['international, no-break hyphens', '+1\u2011555\u2011123\u20114567', '+1********67'],
  ['dialled from Europe', '0044 7911 123456', '0044********56'],
  ['dialled from Europe, spaced', '00 49 171 2345678', '0049********78'],
  ['dialled from Europe, no spaces', '004917123456789', '0049*********89'],
  ['dialled from Europe, one gap', '0049301234 5678', '0049********78'],
  ['international, direct dialling after a hyphen', '+4930123456-7890', '+49**********90'],
  ['dialled from the United States', '011 44 7911 123456', '*************56'],
  ['tel: URI', 'tel:+1-201-555-0123', 'tel:+1********23'],
  ['sip: URI', 'sip:+15551234567@carrier.example:5060', 'sip:+1********67@carrier.example:5060'],
  ['sip: URI without +', 'sip:15551234567@carrier.example', 'sip:*********67@carrier.example'],
  ['percent-encoded', '/calls/%2B15551234567/hangup', '/calls/%2B1********67/hangup'],
  ['percent-encoded, lower case', '/calls/%2b15551234567', '/calls/%2b1********67'],
  ['percent-encoded twice', '/calls/%252B15551234567', '/calls/%252B1********67'],
  ['percent-encoded spaces', '/calls/%2B1%20555%20123%204567', '/calls/%2B1********67'],
  ['after another escape', 'to%3A15551234567', 'to%3A*********67'],
  ['after an encoded space', 'to%2015551234567', 'to%20*********67'],
  ['JSON escape of +', String.raw`{"to":"\u002B15551234567"}`, String.raw`{"to":"\u002B1********67"}`],
  ['after a JSON escape', String.raw`{"m":"\n15551234567"}`, String.raw`{"m":"\n*********67"}`],
  ['URL path', '/calls/15551234567.json', '/calls/*********67.json'],
  ['Asterisk channel', 'PJSIP/15551234567-0000002a', 'PJSIP/*********67-0000002a'],
  ['table key', 'contact_15551234567', 'contact_*********67'],
  ['recording', 'rec-447911123456.wav', 'rec-**********56.wav'],
  ['United States', '555-123-4567', '********67'],
  ['United States, parentheses', '(555) 123-4567', '********67'],
  ['United States, tight parentheses', '(555)123-4567', '********67'],
  ['United States, dots', '555.123.4567', '********67'],
  ['United States, spaces', '555 123 4567', '********67'],
  ['United States, 3 and 7', '555-1234567', '********67'],
  ['United States, bare', '5551234567', '********67'],
  ['United States, bare with 1', '15551234567', '*********67'],
  ['United States, extension', '555-123-4567 x89', '********67 x89'],
  ['United States, glued extension', '5551234567x89', '********67x89'],
  ['United States, word of an extension', '5551234567ext89', '********67ext89'],
  ['France', '06 12 34 56 78', '********78'],
  ['France, dots', '06.12.34.56.78', '********78'],
  ['France, bare', '0612345678', '********78'],
  ['Germany', '0171 2345678', '*********78'],
  ['Germany, slash', '0171/2345678', '*********78'],
  ['Germany, landline', '030 12345678', '*********78'],
  ['Germany, parentheses', '(0171) 2345678', '*********78'],
  ['Austria', '0664 123456', '********56'],
  ['Switzerland', '078 123 45 67', '********67'],
  ['Sweden', '070-123 45 67', '********67'],
  ['Belgium, landline, bare', '021234567', '*******67'],
  ['Netherlands', '06-12345678', '********78'],
  ['Italy, landline', '06 1234 5678', '********78'],
  ['Spain', '612 345 678', '*******78'],
  ['Spain, pairs', '612 34 56 78', '*******78'],
  ['Spain, landline', '91 123 45 67', '*******67'],
  ['Poland', '512-345-678', '*******78'],
  ['Denmark', '34 41 23 45', '******45'],
  ['Russia', '8 (912) 345-67-89', '8 ********89'],
  ['Russia, hyphens', '912-345-67-89', '********89'],
  ['Turkey', '0501 234 56 78', '*********78'],
  ['United Kingdom', '07911 123456', '*********56'],
  ['United Kingdom, London', '020 7946 0958', '*********58'],
  ['Australia', '0412 345 678', '********78'],
  ['Australia, parentheses', '(02) 9374 4000', '********00'],
  ['India', '98765 43210', '********10'],
  ['India, trunk 0', '098765 43210', '*********10'],
  ['China', '138 1234 5678', '*********78'],
  ['China, bare', '13812345678', '*********78'],
  ['Japan', '090-1234-5678', '*********78'],
  ['South Korea', '010-1234-5678', '*********78'],
  ['Brazil', '(11) 96123-4567', '*********67'],
  ['Brazil, no parentheses', '11 96123-4567', '*********67'],
  ['Mexico', '55 1234 5678', '********78'],
  ['South Africa', '082 123 4567', '********67'],
  ['Nigeria', '0802 123 4567', '*********67'],
  ['Philippines', '0917 123 4567', '*********67'],
  ['Israel', '050-234-5678', '********78'],
];

describe('masks a number', () => {
  it.each(NUMBERS)('%s: %s', (_where, written, masked) => {
    expect(text(written)).toBe(masked);
    expect(text(`call to ${written}, failed`)).toBe(`call to ${masked}, failed`);
  });

  it('each of several in a text', () => {
    expect(text('from +15551234567 to (555) 765-4321, +44 7911 123456 +33 6 12 34 56 78;5559876543,5551112222')).toBe(
      'from +1********67 to ********21, +44********56 +33*******78;********43,********22',
    );
  });

  it('without what stands beside it', () => {
    expect(text('+15551234567 503')).toBe('+1********67 503');
    expect(text('/calls/%2B15551234567%20503')).toBe('/calls/%2B1********67%20503');
    expect(text('004917123456789 503')).toBe('0049*********89 503');
    expect(text('PJSIP/+15551234567-0000002a')).toBe('PJSIP/+1********67-0000002a');
    expect(text('0612345678 503')).toBe('********78 503');
    expect(text('2024-01-02 +1 555 123 4567')).toBe('2024-01-02 +1********67');
    expect(text('ip 192.168.100.200 (555) 123-4567')).toBe('ip 192.168.100.200 ********67');
  });
});

/** What telemetry is made of. */
const KEPT: readonly (readonly [what: string, written: string])[] = [
  ['UUID', 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef'],
  ['UUID of digits', '12345678-0123-4123-9123-426614174000'],
  ['UUID in capitals', 'C6AF9AC6-7B61-4123-9A41-012345678901'],
  ['X-Ray trace id', '1-5759e988-bd862e3fe1be46a994272793'],
  ['X-Ray trace id of digits', '1-57591988-012345678901234567890123'],
  ['X-Ray trace header', 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1'],
  ['X-Ray segment id of digits', '5399513142123456'],
  ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
  ['API Gateway request id', 'JKJaXmPLvHcESHA='],
  ['ISO timestamp', '2024-01-02T03:04:05.678Z'],
  ['ISO timestamp with offset', '2024-01-02T03:04:05.678+01:00'],
  ['timestamp with a space', '2024-01-02 03:04:05,678'],
  ['compact timestamp', '20240102T030405Z'],
  ['compact timestamp of digits', '20240102030405'],
  ['date and count', '2024-01-02 1234567 rows'],
  ['European date', '02.01.2024 03:04'],
  ['American date', '11/23/2024 10:30'],
  ['log stream', '2024/11/23/[$LATEST]0123456789abcdef0123456789abcdef'],
  ['Unix time in seconds', 'at 1700000000'],
  ['Unix time in milliseconds', 'at 1700000000123'],
  ['Unix time in microseconds', 'at 1700000000123456'],
  ['Asterisk unique id', '1700000000.1234'],
  ['decimals', '0.1234567890 and 3.14159265358979, 1234567890.123'],
  ['coordinates', '52.5200066, 13.4049540'],
  ['row of decimals', '12.50 34.75 100.25'],
  ['price', '$1,234,567.89 or €1.234.567,89 or £ 612 345 678'],
  ['IP address', '192.168.100.200'],
  ['IP address and port', '10.100.200.123:8080'],
  ['IPv6 address', '2001:0db8:0000:0000:0000:ff00:0042:8329'],
  ['function ARN', 'arn:aws:lambda:eu-west-1:123456789012:function:dialer-worker'],
  ['IAM ARN', 'arn:aws:iam::447911123456:role/dialer'],
  ['queue URL', 'https://sqs.us-east-1.amazonaws.com/123456789012/dial'],
  ['queue URL in China', 'https://sqs.cn-north-1.amazonaws.com.cn/123456789012/dial'],
  ['local account', 'http://127.0.0.1:9324/000000000000/dial'],
  ['version', 'v20.20.2, 10.0.19045.3803, 131.0.6778.86'],
  ['hexadecimal id', '5551234567ab'],
  ['hexadecimal id that ends in digits', 'ab5551234567'],
  ['quantity with a unit', '5368709120B, 1234567890ns'],
  ['stack trace', 'at dial (file:///var/task/index.mjs:1234:56789)'],
  ['snowflake id', '175928847299117063'],
  ['Kinesis sequence number', '49590338271490256608559692538361571095921575989136588898'],
  ['access log', '"GET / HTTP/1.1" 200 1048576'],
  ['byte range', 'bytes 0-10485759/104857600'],
  ['zero-padded id', 'batch 0000000042'],
  ['small numbers', '1024 2048 4096, 10 of 20, 3-4'],
  ['duration', '00:12:34.567'],
  ['percentages', '12%34%56%78%90'],
  [
    'SQS receipt handle',
    'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a+9x4M2zX1w8hVkQ7b5/tPzK3d0fLsGv6nRjE4cYiUqWoAm2pBhT8yNvDgXeFkIuJrOlC1S==',
  ],
];

describe('keeps', () => {
  it.each(KEPT)('%s: %s', (_what, written) => {
    expect(text(written)).toBe(written);
    expect(text(`seen ${written} there`)).toBe(`seen ${written} there`);
  });
});

it('keeps a short number, a count of millions and 8 digits in two groups, as documented', () => {
  expect(text('911, 555-1234, 12345678, 5123 4567, 123456789')).toBe('911, 555-1234, 12345678, 5123 4567, 123456789');
});

it('masks what only looks like a number, as documented: a bare account id, a row of unequal numbers', () => {
  expect(text('account 447911123456')).toBe('account **********56');
  expect(text('100 200 3000')).toBe('********00');
});
