import { expect, it } from 'vitest';
import { distinctPart, endBegins, ownPart } from '../../../src/page/shell/short-name.ts';

const alarms = [
  'demo-critical-errors-api',
  'demo-critical-errors-worker',
  'demo-critical-errors-pauser',
  'demo-warning',
];

it('leaves of an alarm all that is not the same of each', () => {
  const short = alarms.map((name) => distinctPart(name, alarms));
  expect(short).toEqual(['critical-errors-api', 'critical-errors-worker', 'critical-errors-pauser', 'warning']);
  expect(distinctPart('demo-warning', ['demo-warning'])).toBe('demo-warning');
  expect(distinctPart('other', [...alarms, 'other'])).toBe('other');
  expect(distinctPart('demo-warning', [...alarms, 'other'])).toBe('demo-warning');
});

it('leaves of a dashboard what two others do not begin with', () => {
  expect(alarms.map((name) => ownPart(name, alarms))).toEqual(['api', 'worker', 'pauser', 'warning']);
  expect(ownPart('demo-a', ['demo-a', 'demo-b'])).toBe('demo-a');
});

it.each([
  ['critical-lambda-errors-campaign-pauser', 'campaign-pauser'],
  ['critical-asterisk-cpu-high-i-0123456789abcdef0', '0123456789abcdef0'],
  ['warning-0123456789abcdef0123456789', '89abcdef0123456789'],
  ['warning', 'warning'],
  ['queue-depth', 'queue-depth'],
])('the end of %s is %s', (name, end) => {
  expect(name.slice(endBegins(name))).toBe(end);
});
