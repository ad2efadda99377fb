export type {
  AlarmProperties,
  CustomProperties,
  Dashboard,
  DashboardVariable,
  ExplorerProperties,
  LogProperties,
  Placement,
  TextProperties,
  Widget,
} from './dashboards/dashboard.ts';
export { type DashboardMessage, invalidDashboardText } from './dashboards/message.ts';
export type {
  Annotations,
  Axis,
  HorizontalAnnotation,
  MetricProperties,
  MetricRow,
  RenderProperties,
  VerticalAnnotation,
} from './dashboards/metric-widget.ts';
export { type ParseDashboardOptions, type ParsedDashboard, parseDashboard } from './dashboards/parse-dashboard.ts';
export { bodyOf, type DashboardBody, printDashboard } from './dashboards/print-dashboard.ts';
export {
  type DashboardQueriesOptions,
  dashboardQueries,
  type SeriesDrawing,
  type WidgetQueries,
  type WidgetQuery,
} from './dashboards/queries/dashboard-queries.ts';
export {
  type SubstitutedDashboard,
  substituteVariables,
  type VariableValues,
} from './dashboards/queries/substitute-variables.ts';
