export { fakeContext, type MemorySink, memorySink } from './testing/memory-sink.ts';
