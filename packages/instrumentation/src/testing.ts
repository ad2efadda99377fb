export { countingIds, type FixedClock, fixedClock } from './testing/fixed-clock.ts';
export { telemetryMatchers } from './testing/matchers.ts';
export { fakeContext, type MemorySink, memorySink } from './testing/memory-sink.ts';
