export { renderCloudFormation } from './cloudformation/render-cloudformation.ts';
export type { CloudFormationTemplate } from './cloudformation/template.ts';
export { compile } from './document/compile.ts';
export type { MonitoringDocument } from './document/document.ts';
export type { Scope } from './monitoring/aws-metrics.ts';
export { defineMonitoring } from './monitoring/define-monitoring.ts';
export type {
  AlarmDefinition,
  MetricAlarmDefinition,
  Monitoring,
  RollUpDefinition,
  Severity,
  Threshold,
} from './monitoring/monitoring.ts';
export { MonitoringError, type MonitoringIssue } from './monitoring/monitoring-error.ts';
export type { Reading } from './monitoring/readings.ts';
export type { AlarmOverride, DeploymentInputs } from './plan/inputs.ts';
export type { MonitoringPlan, PlanWarning } from './plan/monitoring-plan.ts';
export { plan, planDocument } from './plan/plan.ts';
export { type RenderTerraformOptions, renderTerraform } from './terraform/render-terraform.ts';
export { voiceCampaignMonitoring } from './voice-campaign/voice-campaign-monitoring.ts';
