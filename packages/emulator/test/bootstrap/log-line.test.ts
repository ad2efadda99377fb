import { describe, expect, it } from 'vitest';
import { jsonLine, type LogRecord, textLine } from '../../src/bootstrap/log-line.ts';

const record = (...parameters: unknown[]): LogRecord => ({
  timestamp: '2026-11-23T10:00:00.000Z',
  level: 'INFO',
  requestId: 'r-1',
  parameters,
});

describe('a line of the text format', () => {
  it('holds time, request, level and message between tabs, and stays one line', () => {
    expect(textLine(record('a %s\nb', 1))).toBe('2026-11-23T10:00:00.000Z\tr-1\tINFO\ta 1\rb\n');
  });

  it('says undefined before the first invocation', () => {
    expect(textLine({ ...record('init'), requestId: undefined })).toContain('\tundefined\tINFO\tinit\n');
  });
});

describe('a line of the JSON format', () => {
  const message = (...parameters: unknown[]) => JSON.parse(jsonLine(record(...parameters)));

  it('keeps one parameter as the value that it is', () => {
    expect(message({ calls: [1, 2] })).toMatchObject({ level: 'INFO', requestId: 'r-1', message: { calls: [1, 2] } });
  });

  it('wraps an EMF string in a message, which is why EMF is not for the console', () => {
    expect(message('{"_aws":{}}').message).toBe('{"_aws":{}}');
  });

  it('spells an error out, alone or beside a text', () => {
    expect(message(new RangeError('r')).message).toMatchObject({ errorType: 'RangeError', errorMessage: 'r' });
    const beside = message('failed', new RangeError('r'));
    expect(beside).toMatchObject({ errorType: 'RangeError', errorMessage: 'r' });
    expect(beside.message).toContain('failed RangeError: r');
    expect(beside.stackTrace[0]).toBe('RangeError: r');
  });

  it('formats what JSON cannot hold', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    expect(message(circular).message).toContain('[Circular');
    expect(message(1n).message).toBe('1n');
  });
});
