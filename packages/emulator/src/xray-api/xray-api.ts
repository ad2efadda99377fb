import type { RestRoute, Service } from '../service-api/service.ts';
import { graphOperations } from './graph-api.ts';
import { groupOperations } from './groups.ts';
import { samplingRuleOperations } from './sampling-rules.ts';
import { createSamplingTargets } from './sampling-targets.ts';
import { segmentOperations } from './segments.ts';
import { summaryOperations } from './summaries.ts';
import type { XrayContext } from './xray-context.ts';
import { xrayTagOperations } from './xray-tags.ts';

/** Paths that are not `/` and the operation's name. */
const otherPaths: Readonly<Record<string, string>> = {
  BatchGetTraces: '/Traces',
  GetEncryptionConfig: '/EncryptionConfig',
  GetGroups: '/Groups',
  GetSamplingStatisticSummaries: '/SamplingStatisticSummaries',
  GetSamplingTargets: '/SamplingTargets',
  GetServiceGraph: '/ServiceGraph',
  GetTraceGraph: '/TraceGraph',
  GetTraceSummaries: '/TraceSummaries',
  PutTelemetryRecords: '/TelemetryRecords',
  PutTraceSegments: '/TraceSegments',
};

/** X-Ray as the AWS SDKs, and the X-Ray daemon's clients, call it (REST JSON). */
export const xrayService = (context: XrayContext): Service => {
  const operations = {
    ...segmentOperations,
    ...summaryOperations,
    ...graphOperations,
    ...groupOperations,
    ...samplingRuleOperations,
    ...xrayTagOperations,
  };
  const bound = Object.entries(operations).map(([name, operation]) => [
    name,
    (input: never) => operation(context, input),
  ]);
  const all = { ...Object.fromEntries(bound), ...createSamplingTargets(context) };
  return {
    signingName: 'xray',
    operations: all,
    rest: Object.keys(all).map(
      (operation): RestRoute => ({ method: 'POST', path: otherPaths[operation] ?? `/${operation}`, operation }),
    ),
  };
};
