/** `GET /api/plan`: what the monitoring plan costs, and where what is deployed differs from it. US dollars a month. */
export type PlanView = {
  readonly cost?: {
    readonly total: number;
    readonly pricesOf: string;
    readonly region: string;
    readonly items: readonly {
      readonly name: string;
      readonly quantity: number;
      readonly unit: string;
      readonly dollars: number;
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
