import type { TraceStore } from '../xray/store/trace-store.ts';
import type { XrayEvent, XrayState } from './xray-state.ts';

/** What X-Ray's API works with. */
export type XrayContext = {
  readonly state: XrayState;
  readonly commit: (event: XrayEvent) => void;
  readonly traces: TraceStore;
  readonly region: string;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
};
