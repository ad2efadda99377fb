import { type InstrumentOptions, instrument, type Tools } from '@voice-campaign/instrumentation';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { CampaignProgress, CampaignStore, Delivery, FactKind } from '../store/campaign-store.ts';
import { storeClient } from '../store/store-client.ts';
import { setting } from './setting.ts';

/** What a webhook's body may hold; each names its campaign and its event, and counts its attempts from 1. */
type WebhookBody = {
  readonly campaignId?: string;
  readonly callId?: string;
  readonly eventId?: string;
  readonly attempt?: number;
  readonly digit?: string;
  readonly delivered?: boolean;
};

/** The keys that mean something: 1 converts, 9 opts out. */
const KEYS = {
  '1': { fact: 'converted', metric: 'ConvertedCalls' },
  '9': { fact: 'opted-out', metric: 'OptOuts' },
} as const;

/**
 * The API that the telephony side and the campaign's owners call:
 * - `POST /calls/{callId}/keypress`: a person pressed a key; each key counts once for a call.
 * - `POST /sms/{messageId}/status`: the carrier's report on an SMS.
 * - `GET /campaigns/{campaignId}/progress`
 * - `POST /campaigns/{campaignId}/resume`: a campaign that was paused goes on.
 */
export const apiHandler = ({ store }: { readonly store: CampaignStore }, options?: InstrumentOptions) =>
  instrument(
    voiceCampaign,
    'api-handler',
    (event: APIGatewayProxyEvent, tools): Promise<APIGatewayProxyResult> => route(store, tools, event),
    options,
  );

async function route(store: CampaignStore, tools: ApiTools, event: APIGatewayProxyEvent) {
  switch (`${event.httpMethod} ${event.resource}`) {
    case 'POST /calls/{callId}/keypress':
      return keypress(store, tools, event);
    case 'POST /sms/{messageId}/status':
      return smsStatus(store, tools, event);
    case 'GET /campaigns/{campaignId}/progress':
      return progress(store, event.pathParameters?.campaignId ?? '');
    case 'POST /campaigns/{campaignId}/resume':
      return resume(store, event.pathParameters?.campaignId ?? '');
    default:
      return answer(404, { message: `there is no ${event.httpMethod} ${event.resource}` });
  }
}

type ApiTools = Tools<typeof voiceCampaign, 'api-handler'>;

async function keypress(store: CampaignStore, { metrics, trace, log }: ApiTools, event: APIGatewayProxyEvent) {
  const callId = event.pathParameters?.callId ?? '';
  const { campaignId, digit, delivery } = webhook(event);
  if (!campaignId || !digit || !delivery)
    return answer(400, { message: 'a keypress has campaignId, digit and eventId' });
  if (digit !== '1' && digit !== '9') return answer(200, { recorded: 'ignored' });
  const { fact, metric } = KEYS[digit];
  trace.annotate('callId', callId);
  const recorded = await store.recordOnce({ kind: fact, campaignId, callId }, delivery);
  log.info('key pressed', { campaignId, callId, digit, recorded });
  if (recorded !== 'known') {
    metrics.property('campaignId', campaignId);
    metrics.property('callId', callId);
    metrics.add(metric, 1);
  }
  return answer(200, { recorded });
}

async function smsStatus(store: CampaignStore, { metrics, log }: ApiTools, event: APIGatewayProxyEvent) {
  const messageId = event.pathParameters?.messageId ?? '';
  const { campaignId, callId, delivered, delivery } = webhook(event);
  if (!campaignId || !callId || delivered === undefined || !delivery) {
    return answer(400, { message: 'an SMS status has campaignId, callId, delivered and eventId' });
  }
  const kind: FactKind = delivered ? 'sms-delivered' : 'sms-failed';
  const recorded = await store.recordOnce({ kind, campaignId, callId }, delivery);
  log.info('sms status', { campaignId, callId, messageId, delivered, recorded });
  if (recorded !== 'known') {
    metrics.property('campaignId', campaignId);
    metrics.property('callId', callId);
    metrics.property('messageId', messageId);
    metrics.add(delivered ? 'SmsDelivered' : 'SmsFailed', 1);
  }
  return answer(200, { recorded });
}

async function progress(store: CampaignStore, campaignId: string) {
  return campaignAnswer(campaignId, await store.progress(campaignId));
}

async function resume(store: CampaignStore, campaignId: string) {
  return campaignAnswer(campaignId, await store.resumeCampaign({ campaignId }));
}

function campaignAnswer(campaignId: string, found: CampaignProgress | undefined) {
  return found ? answer(200, found) : answer(404, { message: `there is no campaign ${campaignId}` });
}

function webhook(event: APIGatewayProxyEvent): WebhookBody & { readonly delivery?: Delivery } {
  const body = parseBody(event.body);
  return body.eventId ? { ...body, delivery: { id: body.eventId, attempt: body.attempt ?? 1 } } : body;
}

function parseBody(body: string | null): WebhookBody {
  try {
    return JSON.parse(body ?? '{}') ?? {};
  } catch {
    return {};
  }
}

function answer(statusCode: number, body: object): APIGatewayProxyResult {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export const handler = apiHandler({ store: storeClient(setting('STORE_URL')) });
