export {
  type Backtest,
  BacktestError,
  type BacktestedAlarm,
  type BacktestOptions,
  backtest,
  type Episode,
} from './backtest/backtest.ts';
export type { SkippedAlarm } from './backtest/testable-alarms.ts';
