import { type Sms, type Speech, SpeechUnavailable, type Telephony } from './telephony.ts';

/** The telephone network behind `url`: one long request for each attempt, answered when the call is over. */
export function httpTelephony(url: string): Telephony {
  return { dial: (request, signal) => post(`${url}/dial`, request, signal) };
}

/** The text-to-speech provider behind `url`, which answers 503 when it cannot make a prompt. */
export function httpSpeech(url: string): Speech {
  return { prompt: (request) => post(`${url}/prompt`, request) };
}

/** The SMS carrier behind `url`. */
export function httpSms(url: string): Sms {
  return { send: (message) => post(`${url}/sms`, message) };
}

async function post<T>(url: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(url, signal ? { ...init, signal } : init);
  const text = await response.text();
  if (response.status === 503) throw new SpeechUnavailable(text);
  if (!response.ok) throw new Error(`POST ${new URL(url).pathname} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
