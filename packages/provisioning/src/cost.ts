export { type CostEstimate, type CostLine, estimateCost } from './cost/estimate-cost.ts';
export { prices } from './cost/prices.ts';
export { type SystemFigure, systemFigures, systemFiguresFor } from './cost/system-figures.ts';
export type { Volumes } from './cost/volumes.ts';
