import type { Emulator } from '@voice-campaign/emulator';
import { ViewSourceError } from '../view-source.ts';

/** Calls an operation of the emulated CloudWatch, without a socket. @throws ViewSourceError with the service's words. */
export async function callCloudWatch(
  emulator: Emulator,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `GraniteServiceVersion20100801.${operation}`,
  };
  const body = JSON.stringify(input);
  const response = await emulator.fetch(new Request(`${emulator.url}/`, { method: 'POST', headers, body }));
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  if (response.ok) return answer;
  throw new ViewSourceError(`${operation}: ${String(answer.message ?? answer.Message ?? response.status)}`);
}
