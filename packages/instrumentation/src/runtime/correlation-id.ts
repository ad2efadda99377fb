/**
 * What ties an invocation to the request it belongs to: the `x-correlation-id` header or request id of API Gateway,
 * the id of an EventBridge event. SQS records have one each, which `eachRecord` reads.
 */
export function correlationIdOf(event: unknown): string | undefined {
  const headers = member(event, 'headers');
  const name = Object.keys(headers ?? {}).find((key) => key.toLowerCase() === 'x-correlation-id');
  const candidates = [
    name === undefined ? undefined : member(headers, name),
    member(member(event, 'requestContext'), 'requestId'),
    member(event, 'detail-type') === undefined ? undefined : member(event, 'id'),
  ];
  return candidates.find((id): id is string => typeof id === 'string' && id !== '');
}

function member(value: unknown, key: string): object | string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' || (typeof found === 'object' && found !== null) ? found : undefined;
}
