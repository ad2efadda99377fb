export type {
  Contract,
  Counted,
  DimensionArguments,
  DimensionDefinition,
  DimensionValues,
  Emitted,
  EmitterDefinition,
  EmitterName,
  MetricDefinition,
  MetricKind,
  MetricName,
  MetricValue,
  PropertyDefinition,
  PropertyName,
  PropertyValue,
  RateDefinition,
  Statistic,
} from './contract/contract.ts';
export { ContractError, type ContractIssue } from './contract/contract-error.ts';
export { defineMetrics } from './contract/define.ts';
export { extendMetrics } from './contract/extend.ts';
export { type NamespaceSource, namespace, type ResolvedNamespace, resolveNamespace } from './contract/namespace.ts';
export { runtimeMetrics } from './contract/runtime-metrics.ts';
export { type CompleteMetric, type SeriesCount, seriesOf, withDefaults } from './contract/series.ts';
export type { Quantity, Unit } from './contract/units.ts';
export { milliseconds, quantity, seconds, UNITS } from './contract/units.ts';
export {
  type EmfDatapoint,
  type EmfDirective,
  type EmfDocument,
  type EmfMetric,
  type EmfValues,
  renderEmf,
} from './emf/document.ts';
export type { EmfEffect, EmfIssue } from './emf/emf-issue.ts';
export { type ParsedEmf, type ParseEmfOptions, parseEmf } from './emf/parse-emf.ts';
export { callOutcomes, unaccountedCalls, voiceCampaign } from './voice-campaign.ts';
export type {
  IndependentSubsegment,
  SegmentAws,
  SegmentCause,
  SegmentDocument,
  SegmentException,
  SegmentHttp,
  SegmentSql,
  StackFrame,
  SubsegmentDocument,
} from './xray/segment-document.ts';
export { renderSegment } from './xray/segment-document.ts';
export type { SegmentIssue } from './xray/segment-issue.ts';
export { formatTraceHeader, parseTraceHeader, type TraceHeader } from './xray/trace-header.ts';
export { validateSegment } from './xray/validate-segment.ts';
