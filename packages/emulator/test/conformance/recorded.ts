import { expect } from 'vitest';
import fixture from '../fixtures/cloudwatch-recordings.json' with { type: 'json' };

type Recording = Readonly<Record<string, unknown>>;

/** Responses of AWS by the story that led to them; the fixture names its source. */
export const recordings: Readonly<Record<string, Recording>> = fixture.recordings;

/** Members whose text is a JSON document, which the recordings show as what it says. */
const documents = new Set(['DashboardBody', 'Definition', 'StateReasonData']);

/** What the SDK adds, and what AWS came to answer after the recordings were made. */
const passedOver = new Set(['$metadata', 'AnomalyDetectorId']);

/** What was recorded with placeholders: `<name:1>` for what differs each time, `timestamp` and `date` for instants. */
export const expected = (recorded: unknown): unknown => {
  if (Array.isArray(recorded)) return recorded.map(expected);
  if (typeof recorded === 'object' && recorded !== null) {
    return Object.fromEntries(
      Object.entries(recorded).flatMap(([key, value]) => {
        if (key === 'ResponseMetadata') return [];
        return [[key, key === 'Timestamps' ? expect.any(Array) : expected(value)]];
      }),
    );
  }
  if (recorded === 'timestamp' || recorded === 'datetime') return expect.any(Date);
  if (recorded === 'date') return expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  if (typeof recorded !== 'string' || !recorded.includes('<')) return recorded;
  // A description that is "<" stands for itself.
  const parts = recorded.split(/<[\w :-]+>/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return expect.stringMatching(new RegExp(`^${parts.join('.+')}$`, 's'));
};

/** What a client was answered, in the form of the recordings. */
export const answered = (response: unknown): unknown => {
  if (response instanceof Date || typeof response !== 'object' || response === null) return response;
  if (Array.isArray(response)) return response.map(answered);
  return Object.fromEntries(
    Object.entries(response).flatMap(([key, value]) => {
      if (passedOver.has(key) || value === undefined) return [];
      return [[key, documents.has(key) && typeof value === 'string' ? JSON.parse(value) : answered(value)]];
    }),
  );
};

type Failure = {
  readonly name: string;
  readonly message: string;
  readonly Code?: string;
  readonly $metadata: { readonly httpStatusCode?: number };
};

/** An error as the recordings show it: its code, message and HTTP status. */
export const failed = async (call: Promise<unknown>): Promise<unknown> => {
  const error = await call.then(
    () => undefined,
    (thrown: Failure) => thrown,
  );
  if (error === undefined) throw new Error('the call did not fail');
  const { Code = error.name, message } = error;
  // What the SDK says for a message without characters.
  return { Code, Message: /^Unknown(Error)?$/.test(message) ? '' : message, status: error.$metadata.httpStatusCode };
};

/** A recorded error in the same form. */
export const failure = (recorded: unknown): unknown => {
  const { Error: error, ResponseMetadata: metadata } = recorded as {
    readonly Error: { readonly Code: string; readonly Message: string };
    readonly ResponseMetadata: { readonly HTTPStatusCode: number };
  };
  return { Code: error.Code, Message: error.Message, status: metadata.HTTPStatusCode };
};
