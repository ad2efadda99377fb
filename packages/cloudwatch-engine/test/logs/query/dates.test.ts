import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formattedDate } from '../../../src/logs/query/dates/formatted-date.ts';
import { parsedDate } from '../../../src/logs/query/dates/parsed-date.ts';
import { start, value } from './query-rows.ts';

describe('dates', () => {
  it.each([
    ['formatDate(@timestamp, "%Y-%m-%d", "UTC")', '2026-11-23'],
    ['strftime(@timestamp, "%a %d %b %Y %T %z %Z")', 'Mon 23 Nov 2026 12:00:00 +0000 UTC'],
    ['formatDate(@timestamp, "%F %I:%M %p day %j %%", "America/New_York")', '2026-11-23 07:00 AM day 327 %'],
    ['formatDate(@timestamp, "%R %z", "+05:30")', '17:30 +0530'],
    ['formatDate(@timestamp, "%F", "Nowhere/At_All")', undefined],
    ['formatDate(missing, "%F")', undefined],
    ['parseDate("2026-11-23", "yyyy-MM-dd", "UTC")', String(start - 12 * 3_600_000)],
    ['parseDate("2026-11-23T12:00:00.000Z", "yyyy-MM-dd\'T\'HH:mm:ss.SSSX")', String(start)],
    ['parseDate("23/Nov/2026:07:00:00", "dd/MMM/yyyy:HH:mm:ss", "America/New_York")', String(start)],
    ['parseDate("Mon Nov 23 2026, 5:30 PM +0530", "EEE MMM d yyyy, h:mm a Z")', String(start)],
    ['parseDate("20261123120000", "yyyyMMddHHmmss")', String(start)],
    // Clocks go forward an hour and a half later.
    ['parseDate("2026-03-29 01:30", "yyyy-MM-dd HH:mm", "Europe/Berlin")', String(Date.UTC(2026, 2, 29, 0, 30))],
    ['parseDate("2026-02-30", "yyyy-MM-dd")', undefined],
    ['parseDate("2026-11-23 late", "yyyy-MM-dd")', undefined],
    ['parseDate("12:00", "HH:mm")', undefined],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  it.each([
    ['fields formatDate(@timestamp, "%Q")', 'formatDate does not know %Q'],
    ['fields parseDate(x, "yyyy-ww")', 'parseDate reads y u M d H h m s S a E X x Z'],
  ])('%s is refused', (query, text) => {
    expect(() => value(query.slice('fields '.length))).toThrow(text);
  });

  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', '-03:00');

  it('are the same when they are written and read, in any zone', () => {
    // An offset tells apart the two hours that are one when clocks go back; before 1970 some had seconds.
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), zone, (seconds, where) => {
        const text = formattedDate(seconds * 1000, '%Y-%m-%d %H:%M:%S %z', where) ?? '';
        expect(parsedDate(text, 'yyyy-MM-dd HH:mm:ss Z', 'UTC')).toBe(seconds * 1000);
      }),
    );
  });

  it('of UTC are those of Date', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString();
          expect(formattedDate(date.getTime(), '%a, %d %b %Y %T GMT', 'UTC')).toBe(
            date.toUTCString().replace(/(\w{3}) 0*(\d+) /, '$1 $2 '),
          );
          expect(parsedDate(iso, "yyyy-MM-dd'T'HH:mm:ss.SSSX", 'UTC')).toBe(date.getTime());
        },
      ),
    );
  });

  it('read as any text or pattern break nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.double(), (text, pattern, where, instant) => {
        parsedDate(text, pattern, where);
        parsedDate(text, "yyyy-MM-dd'T'HH", where);
        formattedDate(instant, pattern, where);
        formattedDate(instant, '%F %T %j %a %z', where);
      }),
    );
  });
});
