import { parseTraceFilter, TraceFilterError } from '@voice-campaign/cloudwatch-engine/traces';
import type { Monitoring } from '../monitoring.ts';
import type { Report } from './check-readings.ts';

// CreateSamplingRule.
const mostPriority = 9999;
const mostServiceCharacters = 64;

/** Groups with a condition that X-Ray would drop in silence, and rules that it would not take. */
export const checkTraces = ({ traceGroups, samplingRules }: Monitoring, report: Report): void => {
  for (const [name, { services, condition }] of Object.entries(traceGroups)) {
    const path = `traceGroups.${name}`;
    if (services.length === 0)
      report('scope', `${path}.services`, 'names no service: it would match the whole account');
    checkCondition(condition, `${path}.condition`, report);
  }
  for (const [name, { priority, fixedRate, reservoirSize, serviceName }] of Object.entries(samplingRules)) {
    const path = `samplingRules.${name}`;
    if (!Number.isInteger(priority) || priority < 1 || priority > mostPriority) {
      report('limit', `${path}.priority`, `${priority} is no priority: 1 to ${mostPriority}, the lowest first`);
    }
    if (!(fixedRate >= 0 && fixedRate <= 1)) report('limit', `${path}.fixedRate`, `${fixedRate} is no share: 0 to 1`);
    if (!Number.isInteger(reservoirSize) || reservoirSize < 0) {
      report('limit', `${path}.reservoirSize`, `${reservoirSize} is no number of requests a second`);
    }
    if (serviceName.length > mostServiceCharacters) {
      report('limit', `${path}.serviceName`, `has ${serviceName.length} characters: ${mostServiceCharacters} at most`);
    }
    if (serviceName === '*') {
      report(
        'limit',
        `${path}.serviceName`,
        'would decide on every application of the account: begin it with {{prefix}}',
      );
    }
  }
};

const checkCondition = (condition: string | undefined, path: string, report: Report): void => {
  if (condition === undefined) return;
  try {
    parseTraceFilter(condition);
  } catch (error) {
    if (!(error instanceof TraceFilterError)) throw error;
    report('trace-group', path, error.message);
  }
};
