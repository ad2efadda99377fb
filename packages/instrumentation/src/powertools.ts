export { bridgeXRay } from './powertools/bridge.ts';
