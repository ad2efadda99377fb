import { type HistoryItem, initialState } from '@voice-campaign/cloudwatch-engine/alarms';
import { expect, it } from 'vitest';
import { createAlarmStore } from '../../src/alarms/alarm-store.ts';

/** As long as SetAlarmState allows, and twice that as JSON. */
const stateReasonData = JSON.stringify({ x: '"'.repeat(1900) });

const itemAt = (at: number): HistoryItem => ({
  alarm: 'a',
  alarmType: 'MetricAlarm',
  at,
  type: 'StateUpdate',
  summary: 'Alarm updated from OK to ALARM',
  data: stateReasonData,
});

it('gives its state in events of a bounded size, which make the same state', () => {
  const store = createAlarmStore();
  const count = 700;
  for (let at = 0; at < count; at += 1) {
    store.apply({ kind: 'history', items: [itemAt(at)] });
    const state = { ...initialState(at), reasonData: stateReasonData };
    store.apply({ kind: 'records', records: { [`alarm-${at}`]: { state } }, previous: { [`alarm-${at}`]: state } });
  }
  const lines = [...store.events()].map((event) => JSON.stringify(event));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(2 * 1024 * 1024);
  const again = createAlarmStore();
  for (const line of lines) again.apply(JSON.parse(line));
  expect(again.history.length).toBe(count);
  expect(again.history).toEqual(store.history);
  expect(again.records).toEqual(store.records);
  expect(again.previous).toEqual(store.previous);
});
