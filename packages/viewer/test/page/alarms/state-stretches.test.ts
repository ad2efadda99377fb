import { expect, it } from 'vitest';
import { stretchesOf } from '../../../src/page/alarms/state-stretches.ts';
import type { AlarmDetail } from '../../../src/protocol/alarm-view.ts';

const change = (at: number, from: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA', to: 'OK' | 'ALARM') => ({
  at,
  kind: 'StateUpdate' as const,
  summary: '',
  from,
  to,
});
const alarm = { state: 'OK', since: 50 } as AlarmDetail['alarm'];

it('says the states between changes, inside the range, and nothing of before the alarm was there', () => {
  const created = { at: 10, kind: 'ConfigurationUpdate' as const, summary: 'created' };
  const history = [change(50, 'ALARM', 'OK'), change(30, 'INSUFFICIENT_DATA', 'ALARM'), created];
  expect(stretchesOf({ alarm, history }, { start: 0, end: 60 })).toEqual([
    { state: 'INSUFFICIENT_DATA', from: 10, to: 30 },
    { state: 'ALARM', from: 30, to: 50 },
    { state: 'OK', from: 50, to: 60 },
  ]);
  expect(stretchesOf({ alarm, history }, { start: 35, end: 45 })).toEqual([{ state: 'ALARM', from: 35, to: 45 }]);
});

it('leaves out what became of the contributors of an alarm', () => {
  const contributor = { ...change(40, 'ALARM', 'OK'), kind: 'AlarmContributorStateUpdate' as const };
  const history = [change(50, 'ALARM', 'OK'), contributor, change(30, 'INSUFFICIENT_DATA', 'ALARM')];
  expect(stretchesOf({ alarm, history }, { start: 35, end: 60 })).toEqual([
    { state: 'ALARM', from: 35, to: 50 },
    { state: 'OK', from: 50, to: 60 },
  ]);
});
