import { type AlarmTest, type ReplayedAlarm, runAlarmTest } from '@voice-campaign/cloudwatch-engine/alarm-tests';

/** A test of alarms that did not pass; the message has the picture. */
export class AlarmTestFailure extends Error {
  override readonly name = 'AlarmTestFailure';
}

/** Runs a test of alarms; gives back what became of them. @throws AlarmTestFailure with a picture of each that differs. */
export const assertAlarmTest = (test: AlarmTest): readonly ReplayedAlarm[] => {
  const outcome = runAlarmTest(test);
  if (outcome.kind === 'passed') return outcome.replayed;
  throw new AlarmTestFailure(outcome.kind === 'invalid' ? `the test cannot run\n${outcome.message}` : outcome.message);
};
