export { type ContractMetrics, metricsOf } from './cdk/metrics-of.ts';
export { Monitoring, type MonitoringProps } from './cdk/monitoring-construct.ts';
