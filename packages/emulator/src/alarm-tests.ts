export type { AlarmTest, ReplayedAlarm } from '@voice-campaign/cloudwatch-engine/alarm-tests';
export { alarmsOfDocument } from '@voice-campaign/cloudwatch-engine/alarm-tests';
export { AlarmTestFileError, type LoadedAlarmTest, loadAlarmTests } from './alarm-tests/alarm-test-file.ts';
export { AlarmTestFailure, assertAlarmTest } from './alarm-tests/assert-alarm-test.ts';
export { parseDocument } from './alarm-tests/parse-document.ts';
