import { checkContract } from './check.ts';
import type {
  Contract,
  DimensionDefinitions,
  EmitterDefinition,
  EmitterDefinitions,
  MetricDefinition,
  MetricDefinitions,
  PropertyDefinitions,
  RateDefinition,
} from './contract.ts';
import { ContractError } from './contract-error.ts';

type Text<K> = K & string;

/** Metrics whose sets name declared dimensions only. */
export type MetricsOver<D extends DimensionDefinitions> = Readonly<Record<string, MetricDefinition<Text<keyof D>>>>;

/** Emitters of declared metrics only. */
export type EmittersOf<M extends MetricDefinitions> = Readonly<Record<string, EmitterDefinition<Text<keyof M>>>>;

/** The counters that at least one emitter emits: what a rate may be made of. */
type EmittedCounter<M extends MetricDefinitions, E extends EmitterDefinitions> = {
  [N in E[keyof E]['emits'][number] & keyof M]: M[N]['kind'] extends 'counter' ? Text<N> : never;
}[E[keyof E]['emits'][number] & keyof M];

/** Rates over emitted counters only. */
export type RatesOver<M extends MetricDefinitions, E extends EmitterDefinitions> = Readonly<
  Record<string, RateDefinition<EmittedCounter<M, E>>>
>;

/** What `defineMetrics` is given: a contract whose empty blocks may be left out. */
export type ContractDefinition<M, D, E, P, R> = {
  readonly namespace?: string;
  readonly metrics: M;
  readonly dimensions?: D;
  readonly emitters: E;
  readonly properties?: P;
  readonly rates?: R;
};

/**
 * Declares everything a system measures, as plain data that keeps every literal in its type.
 *
 * @throws ContractError with every issue at once, when CloudWatch would reject or silently drop something of it.
 */
export function defineMetrics<
  const M extends MetricsOver<D>,
  const E extends EmittersOf<M>,
  // biome-ignore lint/complexity/noBannedTypes: a block that was left out declares no name; callers cannot name an alias of ours
  const D extends DimensionDefinitions = {},
  // biome-ignore lint/complexity/noBannedTypes: a block that was left out declares no name; callers cannot name an alias of ours
  const P extends PropertyDefinitions = {},
  // biome-ignore lint/complexity/noBannedTypes: a block that was left out declares no name; callers cannot name an alias of ours
  const R extends RatesOver<M, E> = {},
>(definition: ContractDefinition<M, D, E, P, R>): Contract<M, D, E, P, R> {
  // A block that was left out has the type `{}`, by the defaults of the type parameters.
  const contract = { dimensions: {}, properties: {}, rates: {}, ...definition } as Contract<M, D, E, P, R>;
  const issues = checkContract(contract);
  if (issues.length > 0) throw new ContractError(issues);
  return contract;
}
