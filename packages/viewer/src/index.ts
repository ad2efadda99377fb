export { startViewer, type Viewer, type ViewerOptions } from './server/start-viewer.ts';
export { type ViewerPages, type ViewerPagesOptions, viewerPages } from './server/viewer-pages.ts';
export { type EmulatorSourceOptions, emulatorSource } from './source/emulator/emulator-source.ts';
export { type ViewSource, ViewSourceError } from './source/view-source.ts';
export { withDashboards } from './source/with-dashboards.ts';
export { planViewOf } from './view/plan-view-of.ts';
