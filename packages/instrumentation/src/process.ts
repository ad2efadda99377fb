export type { ProcessMetrics, ProcessObserver, ProcessOptions } from './process/observe-process.ts';
export { observeProcess } from './process/observe-process.ts';
export type { ProcessIssue } from './process/process-issue.ts';
