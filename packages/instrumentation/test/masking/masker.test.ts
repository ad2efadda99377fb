import { describe, expect, it } from 'vitest';
import { createMasker } from '../../src/masking/masker.ts';

const masker = createMasker();

describe('value', () => {
  it('masks text at any depth, in arrays and in keys', () => {
    expect(
      masker.value('call', {
        error: 'no route to +15551234567',
        tried: [{ at: '/calls/%2B15551234567' }],
        '+15551234567': 1,
      }),
    ).toEqual({ error: 'no route to +1********67', tried: [{ at: '/calls/%2B1********67' }], '+1********67': 1 });
  });

  it('does not change its argument', () => {
    const call = Object.freeze({ to: Object.freeze(['+15551234567']) });
    expect(masker.value('call', call)).toEqual({ to: ['+1********67'] });
    expect(call).toEqual({ to: ['+15551234567'] });
  });

  it('returns a copy that shows the same where nothing is masked', () => {
    const clean = { a: [1, 'two', { at: new Date(0), not: Number.NaN }], id: 15551234567, none: null, no: undefined };
    const copy = masker.value('clean', clean);
    expect(JSON.stringify(copy)).toBe(JSON.stringify(clean));
    clean.a.push('later');
    expect(JSON.stringify(copy)).not.toContain('later');
  });

  it('masks a text in a box, which JSON takes out of it', () => {
    const boxed = { note: new String('call +15551234567'), tries: new Number(3), done: new Boolean(true) };
    const shown = { note: 'call +1********67', tries: 3, done: true };
    expect(masker.value('boxed', boxed)).toEqual(shown);
    expect(JSON.parse(JSON.stringify(boxed, (key, value) => masker.replacer(key, value)))).toEqual(shown);
  });

  it('keeps numbers apart whose masks are the same', () => {
    expect(masker.value('calls', { '+15551234567': 'a', '+15559994567': 'b' })).toEqual({
      '+1********67': 'a',
      '+1********67*': 'b',
    });
  });

  it('masks what an object shows of itself as JSON', () => {
    expect(masker.value('url', new URL('https://t.example/calls/+15551234567'))).toBe(
      'https://t.example/calls/+1********67',
    );
    const url = new URL('https://t.example/calls');
    expect(masker.value('url', url)).toBe('https://t.example/calls');
  });

  it('breaks cycles and keeps objects that merely occur twice', () => {
    const shared = { name: 'x' };
    const cyclic = { first: shared, second: shared, self: { up: {} } };
    cyclic.self.up = cyclic;
    expect(masker.value('a', cyclic)).toEqual({ first: shared, second: shared, self: { up: '[circular]' } });
  });

  it('cuts off what is deeper than 12 levels, so that nothing hides there', () => {
    let deep: unknown = '+15551234567';
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(JSON.stringify(masker.value('a', deep))).toBe(`${'['.repeat(12)}"[deep]"${']'.repeat(12)}`);
  });

  it('says so where a value cannot be read', () => {
    const broken = {
      get number(): string {
        throw new Error('gone');
      },
    };
    expect(masker.value('a', broken)).toBe('[unreadable]');
    expect(masker.replacer('a', Proxy.revocable({}, {}).proxy)).toEqual({});
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(masker.value('a', proxy)).toBe('[unreadable]');
    expect(masker.replacer('a', proxy)).toBe('[unreadable]');
  });

  it('copies a __proto__ member as a member', () => {
    const parsed: unknown = JSON.parse('{"__proto__":{"to":"+15551234567"}}');
    expect(JSON.stringify(masker.value('a', parsed))).toBe('{"__proto__":{"to":"+1********67"}}');
  });
});

describe('a sensitive key', () => {
  it.each([
    'phone',
    'phoneNumber',
    'phone_number',
    'PhoneNumber',
    'contact-phone',
    'customerPhoneNo',
    'mobile',
    'mobileNumber',
    'msisdn',
    'tel',
    'cell',
    'ani',
    'callerId',
    'to_e164',
    'phones',
  ])('%s has its number masked, of any type', (key) => {
    expect(masker.value(key, '2345678')).toBe('*****78');
    expect(masker.value(key, 2345678)).toBe('*****78');
    expect(masker.value(key, 15551234567n)).toBe('*********67');
    expect(masker.value(key, '+15551234567')).toBe('+1********67');
    expect(masker.value(key, ['+15551234567'])).toBe('****');
    expect(masker.value(key, { number: '+15551234567' })).toBe('****');
    expect(masker.value(key, new Date(0))).toBe('****');
    expect(masker.value(key, 'Ada Lovelace')).toBe('****');
    expect(masker.value(key, '1234')).toBe('****');
  });

  it('keeps what holds no number: booleans, null, nothing', () => {
    for (const nothing of [true, false, null, undefined, '']) expect(masker.value('phone', nothing)).toBe(nothing);
  });

  it.each(['email', 'Email-Address', 'contactEmail', 'emails'])('%s has all of its value masked', (key) => {
    expect(masker.value(key, 'ada@example.com')).toBe('****');
  });

  it.each(['voicemail', 'telephony', 'mobility', 'phoneType', 'intel', 'annotation', 'cellCount'])(
    'is not %s',
    (key) => {
      expect(masker.value(key, 'left')).toBe('left');
    },
  );

  it.each(['to', 'From', 'callee', 'recipient', 'destination', 'number'])(
    '%s may be one: a JSON number that looks like a telephone number is masked, nothing else',
    (key) => {
      expect(masker.value(key, 15551234567)).toBe('*********67');
      expect(masker.value(key, 1700000000000)).toBe(1700000000000);
      expect(masker.value(key, 42)).toBe(42);
      expect(masker.value(key, 'ringing')).toBe('ringing');
    },
  );

  it('can be any other, whatever its case', () => {
    const own = createMasker({ keys: ['National_ID', 'name'] });
    expect(own.value('a', { nationalId: 'X1', NAME: 'Ada', names: 'kept' })).toEqual({
      nationalId: '****',
      NAME: '****',
      names: 'kept',
    });
  });

  it('is known by its name alone: numbers elsewhere stay', () => {
    expect(masker.value('durationNs', 5551234567)).toBe(5551234567);
    expect(masker.value('a', { startedAt: 1700000000, bytes: 5368709120n })).toEqual({
      startedAt: 1700000000,
      bytes: 5368709120n,
    });
  });
});

describe('replacer', () => {
  it('masks what JSON.stringify writes', () => {
    const line = {
      message: 'call to +1 555 123 4567 failed',
      phone: { raw: '5551234567' },
      to: 15551234567,
      at: new Date(0),
      '+15551234567': ['555-123-4567'],
    };
    expect(JSON.parse(JSON.stringify(line, masker.replacer))).toEqual({
      message: 'call to +1********67 failed',
      phone: '****',
      to: '*********67',
      at: '1970-01-01T00:00:00.000Z',
      '+1********67': ['********67'],
    });
  });

  it('masks the formatted members of an error', () => {
    const formatted = {
      name: 'Error',
      message: 'busy: +15551234567',
      stack: 'Error: busy: +15551234567\n at dial (a.mjs:1:2)',
    };
    expect(JSON.stringify({ error: formatted }, masker.replacer)).not.toContain('5551234567');
  });

  it('goes on with keys beyond those it remembers', () => {
    const fresh = createMasker();
    for (let key = 0; key < 2_000; key++) fresh.replacer(`key${key}`, 'x');
    expect(fresh.replacer('phoneNumber', '+15551234567')).toBe('+1********67');
  });
});

describe('options', () => {
  it('can leave text alone and still mask keys', () => {
    const keysOnly = createMasker({ phoneNumbers: false });
    expect(keysOnly.text('+15551234567')).toBe('+15551234567');
    expect(keysOnly.value('a', { phone: '+15551234567', text: '+15551234567' })).toEqual({
      phone: '+1********67',
      text: '+15551234567',
    });
  });

  it('can hide the country code, and keep none to four digits', () => {
    expect(createMasker({ keep: { countryCode: false, last: 0 } }).text('+15551234567')).toBe('+***********');
    expect(createMasker({ keep: { last: 4 } }).text('+15551234567')).toBe('+1******4567');
    expect(createMasker({ keep: { last: 99 } }).text('+15551234567')).toBe('+1******4567');
  });

  it('can replace in another way, which may fail', () => {
    const named = createMasker({ replace: (match) => `<${match.length}>` });
    expect(named.text('to +15551234567')).toBe('to <12>');
    expect(named.value('email', 'ada@example.com')).toBe('<15>');
    const failing = createMasker({
      replace: () => {
        throw new Error('no key');
      },
    });
    expect(failing.text('to +15551234567')).toBe('to +1********67');
  });
});
