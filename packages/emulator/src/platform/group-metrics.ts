import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import { traceViewOf } from '@voice-campaign/cloudwatch-engine/traces';
import type { Trace } from '../xray/store/trace-store.ts';
import { compileFilter } from '../xray-api/compile-filter.ts';
import { startOf } from '../xray-api/graph-api.ts';
import type { TraceGroup } from '../xray-api/xray-state.ts';
import { serviceData } from './service-datum.ts';

const minute = 60_000;

/** What X-Ray publishes of its groups each minute: how many of the traces that began in it their filter finds. */
export const groupMetrics = (groups: Iterable<TraceGroup>, traces: readonly Trace[], start: number): MetricDatum[] => {
  const views = traces.filter((trace) => startOf(trace) >= start && startOf(trace) < start + minute).map(traceViewOf);
  return [...groups].flatMap(({ name, filterExpression }) => {
    const count = views.filter(compileFilter(filterExpression)).length;
    const measured = [{ name: 'ApproximateTraceCount', unit: 'None', values: [count] }] as const;
    return serviceData('AWS/X-Ray', start, [{ GroupName: name }], measured);
  });
};
