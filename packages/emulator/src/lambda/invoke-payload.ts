import { mostRequestBytes } from './lambda-service.ts';

/**
 * The JSON text that a function is invoked with; that of `null` for `undefined`.
 * @throws TypeError for a value without one, and RangeError for one of more than Lambda takes.
 */
export const invokePayload = (payload: unknown): string => {
  const text: string | undefined = JSON.stringify(payload ?? null);
  if (text === undefined) throw new TypeError(`a ${typeof payload} has no JSON text that a function could be given`);
  const bytes = Buffer.byteLength(text);
  if (bytes > mostRequestBytes)
    throw new RangeError(`the payload has ${bytes} bytes, Lambda takes ${mostRequestBytes}`);
  return text;
};
