import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import { serviceData } from './service-datum.ts';

/** One request to the REST API, as it ended. Times in milliseconds. */
export type ApiRequest = {
  readonly apiName: string;
  readonly stage: string;
  readonly status: number;
  readonly latencyMs: number;
  /** Absent where no function was asked. */
  readonly integrationLatencyMs?: number;
};

/** What API Gateway publishes of a request, by API and by stage (developer guide, Amazon API Gateway dimensions and metrics). */
export const apiMetrics = (request: ApiRequest, timestamp: number): MetricDatum[] => {
  const { apiName: ApiName, stage: Stage, status, latencyMs, integrationLatencyMs } = request;
  const milliseconds = (name: string, value: number | undefined) =>
    ({ name, unit: 'Milliseconds', values: value === undefined ? [] : [value] }) as const;
  return serviceData(
    'AWS/ApiGateway',
    timestamp,
    [{ ApiName }, { ApiName, Stage }],
    [
      { name: 'Count', unit: 'Count', values: [1] },
      { name: '4XXError', unit: 'Count', values: [status >= 400 && status < 500 ? 1 : 0] },
      { name: '5XXError', unit: 'Count', values: [status >= 500 ? 1 : 0] },
      milliseconds('Latency', latencyMs),
      milliseconds('IntegrationLatency', integrationLatencyMs),
    ],
  );
};
