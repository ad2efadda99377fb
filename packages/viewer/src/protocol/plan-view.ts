/** `GET /api/plan`: what the monitoring plan costs, and where what is deployed differs from it. US dollars a month. */
export type PlanView = {
  readonly cost?: {
    readonly total: number;
    readonly pricesOf: string;
    readonly region: string;
    readonly items: readonly {
      readonly name: string;
      readonly dollars: number;
      /** What it is made of: `29 alarms on 39 metrics, 10 of them free`. */
      readonly note?: string;
    }[];
    readonly assumptions: readonly string[];
  };
  readonly drift?: {
    /** Seconds since 1970. */
    readonly checkedAt: number;
    readonly items: readonly {
      readonly resource: string;
      readonly name: string;
      readonly state: 'same' | 'changed' | 'missing' | 'extra';
      readonly differences: readonly { readonly path: string; readonly planned: string; readonly deployed: string }[];
    }[];
  };
  /** Why a part is not there. */
  readonly notes: readonly string[];
};
