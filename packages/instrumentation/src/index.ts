export { type HandlerTools, instrument } from './instrument.ts';
export { bufferLogs, type LogBufferOptions } from './logging/log-buffer.ts';
export type { Masker, MaskerOptions } from './masking/masker.ts';
export { observe } from './observe.ts';
export type { InstrumentOptions, Signals, TelemetryIssue } from './runtime/options.ts';
export type { Sink } from './sink/sink.ts';
export type {
  AnnotationValue,
  HttpCall,
  Log,
  LogAttributes,
  Metrics,
  Span,
  SpanOptions,
  SqlCall,
  Tools,
  Trace,
} from './tools/tools.ts';
