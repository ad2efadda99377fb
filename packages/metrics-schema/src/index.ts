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
  PropertyName,
  PropertyValue,
  RateDefinition,
  Statistic,
} from './contract/contract.ts';
export { defineMetrics } from './contract/define.ts';
export { namespace } from './contract/namespace.ts';
export type { Quantity, Unit } from './contract/units.ts';
export { milliseconds, quantity, seconds, UNITS } from './contract/units.ts';
export { callOutcomes, unaccountedCalls, voiceCampaign } from './voice-campaign.ts';
