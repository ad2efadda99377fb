import { checkContract } from './check.ts';
import { entriesOf, isObject } from './check-shape.ts';
import type {
  Contract,
  DimensionDefinitions,
  EmitterDefinition,
  EmitterDefinitions,
  PropertyDefinitions,
} from './contract.ts';
import { ContractError, type ContractIssue } from './contract-error.ts';
import type { MetricsOver, RatesOver } from './define.ts';

type Text<K> = K & string;

/** What an extension says of an emitter: all of a new one, or only what an existing one emits besides. */
type Addition<M> = {
  readonly kind?: EmitterDefinition['kind'];
  readonly description?: string;
  readonly emits: readonly Text<keyof M>[];
};

/** Emitters of declared metrics; `kind` is required of those that `B` does not have. */
type Additions<B extends EmitterDefinitions, E> = {
  readonly [N in Exclude<keyof E, keyof B>]: { readonly kind: EmitterDefinition['kind'] };
};

/** Forbids the names that the base has. */
type New<B> = { readonly [N in keyof B]?: never };

/** The emitters of both; one that is in both emits what it did and what was added. */
type MergedEmitters<B extends EmitterDefinitions, E> = {
  readonly [N in keyof B | keyof E]: N extends keyof B
    ? N extends keyof E
      ? E[N] extends { readonly emits: infer A extends readonly string[] }
        ? Omit<B[N], 'emits'> & { readonly emits: readonly [...B[N]['emits'], ...A] }
        : B[N]
      : B[N]
    : N extends keyof E
      ? E[N]
      : never;
};

/** What the merged emitters must be for a contract; `never` only where the compiler has reported the addition. */
type Emitters<E> = E extends EmitterDefinitions ? E : never;

/**
 * A contract with a user's own metrics, dimensions, emitters, properties and rates added. An emitter of the base may
 * be named again with only the metrics that it emits besides; everything else must be new.
 *
 * @throws ContractError with every issue at once: those of `defineMetrics`, and each redefinition.
 */
export function extendMetrics<
  const B extends Contract,
  // biome-ignore lint/complexity/noBannedTypes: a block that was left out declares no name; callers cannot name an alias of ours
  const M extends MetricsOver<B['dimensions'] & D> = {},
  // biome-ignore lint/complexity/noBannedTypes: a block that was left out declares no name; callers cannot name an alias of ours
  const E extends Readonly<Record<string, Addition<B['metrics'] & M>>> = {},
  // biome-ignore lint/complexity/noBannedTypes: a block that was left out declares no name; callers cannot name an alias of ours
  const D extends DimensionDefinitions = {},
  // biome-ignore lint/complexity/noBannedTypes: a block that was left out declares no name; callers cannot name an alias of ours
  const P extends PropertyDefinitions = {},
  // biome-ignore lint/complexity/noBannedTypes: a block that was left out declares no name; callers cannot name an alias of ours
  const R extends RatesOver<B['metrics'] & M, Emitters<MergedEmitters<B['emitters'], E>>> = {},
>(
  base: B,
  addition: {
    readonly namespace?: string;
    readonly metrics?: M & New<B['metrics']>;
    readonly dimensions?: D & New<B['dimensions']>;
    readonly emitters?: E & Additions<B['emitters'], E>;
    readonly properties?: P & New<B['properties']>;
    readonly rates?: R & New<B['rates']>;
  },
): Contract<
  B['metrics'] & M,
  B['dimensions'] & D,
  Emitters<MergedEmitters<B['emitters'], E>>,
  B['properties'] & P,
  B['rates'] & R
> {
  const issues: ContractIssue[] = [];
  // Merging by name is what the return type says; the compiler cannot follow it through Object.entries.
  const contract = merge(base, addition, issues) as ReturnType<typeof extendMetrics<B, M, E, D, P, R>>;
  issues.push(...checkContract(contract));
  if (issues.length > 0) throw new ContractError(issues);
  return contract;
}

function merge(base: unknown, addition: unknown, issues: ContractIssue[]): unknown {
  const merged: Record<string, unknown> = Object.fromEntries(entriesOf(base));
  for (const [block, members] of entriesOf(addition)) {
    const own = merged[block];
    if (!isObject(own) || !isObject(members)) {
      merged[block] = members;
      continue;
    }
    const all: Record<string, unknown> = { ...own };
    for (const [name, member] of Object.entries(members)) {
      const redefined = Object.hasOwn(own, name);
      if (redefined && block !== 'emitters') {
        const message = 'is in the contract that is extended: choose another name';
        issues.push({ code: 'redefined', at: `${block}.${name}`, name, message });
      } else {
        all[name] = redefined ? mergeEmitter(name, own[name], member, issues) : member;
      }
    }
    merged[block] = all;
  }
  return merged;
}

function mergeEmitter(name: string, own: unknown, added: unknown, issues: ContractIssue[]): unknown {
  if (!isObject(own) || !isObject(added)) return added;
  if (added.kind !== undefined && added.kind !== own.kind) {
    const message = `is a ${own.kind} in the contract that is extended: drop \`kind\`, or choose another name`;
    issues.push({ code: 'redefined', at: `emitters.${name}.kind`, name, message });
  }
  return { ...own, ...added, kind: own.kind, emits: [own.emits, added.emits].flat() };
}
