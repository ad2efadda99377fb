import type { FilterOperator, Keyword, ServiceId, TextKeyword, TraceFilter } from './filter.ts';
import type { RequestView, ServiceView, TraceView } from './trace-view.ts';

type Value = string | number | boolean;

/** Whether a trace is one that the filter finds. */
export function matchTrace(filter: TraceFilter, trace: TraceView): boolean {
  return matches(filter, trace, trace);
}

/** `subject` is the trace, or within braces the service or edge that they stand behind. */
const matches = (filter: TraceFilter, trace: TraceView, subject: RequestView): boolean => {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, trace, subject) && matches(filter.right, trace, subject);
    case 'or':
      return matches(filter.left, trace, subject) || matches(filter.right, trace, subject);
    case 'not':
      return !matches(filter.filter, trace, subject);
    case 'present':
      return valuesOf(filter.keyword, subject).some((value) => value !== false);
    case 'compare':
      return compareAny(filter.operator, valuesOf(filter.keyword, subject), filter.value);
    case 'service':
      return trace.services.some(
        (service) =>
          isService(service, filter.id) && (filter.filter === undefined || matches(filter.filter, trace, service)),
      );
    case 'edge':
      return trace.edges.some(
        ({ from, to, request }) =>
          isEnd(trace, from, filter.from) &&
          isEnd(trace, to, filter.to) &&
          (filter.filter === undefined || matches(filter.filter, trace, request)),
      );
  }
};

const isService = (service: ServiceView, id: ServiceId): boolean =>
  (id.name === undefined || service.name === id.name) &&
  (id.type === undefined || service.type === id.type) &&
  (id['account.id'] === undefined || service.accountId === id['account.id']);

const isEnd = (trace: TraceView, name: string, id: ServiceId): boolean =>
  (id.name === undefined || id.name === name) &&
  (Object.keys(id).every((member) => member === 'name') ||
    trace.services.some((service) => service.name === name && isService(service, id)));

const valuesOf = (keyword: Keyword, subject: RequestView): readonly Value[] => {
  switch (keyword.kind) {
    case 'annotation':
      return Object.hasOwn(subject.annotations, keyword.name) ? (subject.annotations[keyword.name] ?? []) : [];
    case 'flag':
      return [subject[keyword.name]];
    case 'number':
      if (keyword.name === 'http.status') return subject.http.status === undefined ? [] : [subject.http.status];
      return [keyword.name === 'duration' ? subject.duration : subject.responseTime];
    case 'text':
      return textsOf(keyword.name, subject);
  }
};

const present = (value: string | undefined): string[] => (value === undefined ? [] : [value]);

const textsOf = (name: TextKeyword, subject: RequestView): readonly string[] => {
  switch (name) {
    case 'http.url':
      return present(subject.http.url);
    case 'http.method':
      return present(subject.http.method);
    case 'http.useragent':
      return present(subject.http.userAgent);
    case 'http.clientip':
      return present(subject.http.clientIp);
    case 'user':
      return subject.users;
    case 'name':
      return subject.names;
    case 'type':
      return subject.types;
    case 'message':
      return subject.messages;
    case 'availabilityzone':
      return subject.availabilityZones;
    case 'instance.id':
      return subject.instanceIds;
    case 'resource.arn':
      return subject.resourceArns;
  }
};

/** `!=` holds where the value is none of those there are; every other operator where one of them fits. */
const compareAny = (operator: FilterOperator, values: readonly Value[], value: Value): boolean =>
  operator === '!=' ? !values.includes(value) : values.some((own) => compare(operator, own, value));

const compare = (operator: FilterOperator, own: Value, value: Value): boolean => {
  if (operator === '=') return own === value;
  if (typeof own === 'number' && typeof value === 'number') {
    if (operator === '<') return own < value;
    if (operator === '>') return own > value;
    return operator === '<=' ? own <= value : operator === '>=' && own >= value;
  }
  if (typeof own !== 'string' || typeof value !== 'string') return false;
  if (operator === 'CONTAINS') return own.includes(value);
  return operator === 'BEGINSWITH' ? own.startsWith(value) : operator === 'ENDSWITH' && own.endsWith(value);
};
