export {
  type AlarmsOfDocument,
  alarmsOfDocument,
  type DocumentIssue,
  type DocumentOptions,
} from './alarms/documents/alarms-of-document.ts';
export type { ExpectedStates } from './alarms/replay-test/expectations.ts';
export { type DrawingOptions, drawReplay } from './alarms/replay-test/picture/draw-replay.ts';
export {
  type AlarmReplayOptions,
  type ReplayedAlarm,
  replayAlarms,
  stateAt,
  statesOf,
} from './alarms/replay-test/replay-alarms.ts';
export {
  type AlarmTest,
  type AlarmTestOutcome,
  replayAlarm,
  runAlarmTest,
} from './alarms/replay-test/run-alarm-test.ts';
export { type SampledMetric, sampleSource } from './alarms/replay-test/sample-source.ts';
export {
  type ParsedSeries,
  parseSeries,
  printSeries,
  type SampleValues,
} from './alarms/replay-test/series-notation.ts';
export {
  type AlarmTestCase,
  type AlarmTestFile,
  type ReadTestFile,
  readAlarmTestFile,
} from './alarms/replay-test/test-file.ts';
export type { TestIssue } from './alarms/replay-test/test-issue.ts';
