import { AsyncLocalStorage } from 'node:async_hooks';

const REQUEST_ID = Symbol.for('_AWS_LAMBDA_REQUEST_ID');
const TRACE_ID = Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID');
const TENANT_ID = Symbol.for('_AWS_LAMBDA_TENANT_ID');
const PROTECTED: readonly PropertyKey[] = [REQUEST_ID, TRACE_ID, TENANT_ID];

type StoreContext = Record<PropertyKey, unknown>;

/** Where the context of an invocation is held: one slot for the process, or one for each asynchronous chain. */
type Holder = {
  readonly get: () => StoreContext | undefined;
  readonly run: <T>(context: StoreContext, task: () => T) => T;
};

/** The context of the invocation in flight, with the methods of `@aws/lambda-invoke-store` 0.2. */
export type InvokeStore = {
  readonly getContext: () => StoreContext | undefined;
  readonly hasContext: () => boolean;
  readonly get: (key: PropertyKey) => unknown;
  /** @throws Error for the keys that are Lambda's own. */
  readonly set: (key: PropertyKey, value: unknown) => void;
  readonly run: <T>(context: StoreContext, task: () => T) => T;
  readonly isProtectedKey: (key: PropertyKey) => boolean;
  /** `-` outside an invocation. */
  readonly getRequestId: () => string;
  readonly getXRayTraceId: () => string | undefined;
  readonly getTenantId: () => string | undefined;
};

function oneSlot(): Holder {
  let current: StoreContext | undefined;
  return {
    get: () => current,
    run(context, task) {
      current = context;
      return task();
    },
  };
}

function slotPerChain(): Holder {
  const storage = new AsyncLocalStorage<StoreContext>();
  return { get: () => storage.getStore(), run: (context, task) => storage.run(context, task) };
}

/** Makes the store that user code finds as `globalThis.awslambda.InvokeStore`. */
export function createInvokeStore(severalInFlight: boolean): InvokeStore {
  const holder = severalInFlight ? slotPerChain() : oneSlot();
  const get = (key: PropertyKey): unknown => holder.get()?.[key];
  const text = (key: PropertyKey): string | undefined => get(key) as string | undefined;
  const isProtectedKey = (key: PropertyKey): boolean => PROTECTED.includes(key);
  return {
    getContext: holder.get,
    hasContext: () => holder.get() !== undefined,
    get,
    set(key, value) {
      if (isProtectedKey(key)) throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
      const context = holder.get();
      if (context === undefined) throw new Error('No context available');
      context[key] = value;
    },
    run: holder.run,
    isProtectedKey,
    getRequestId: () => text(REQUEST_ID) ?? '-',
    getXRayTraceId: () => text(TRACE_ID),
    getTenantId: () => text(TENANT_ID),
  };
}

/** The context to `run` an invocation with. */
export function storeContext(requestId: string, traceHeader: string | undefined): StoreContext {
  return { [REQUEST_ID]: requestId, [TRACE_ID]: traceHeader };
}
