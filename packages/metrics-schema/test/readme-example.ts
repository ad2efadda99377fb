import { extendMetrics, parseEmf, seriesOf, voiceCampaign } from '@voice-campaign/metrics-schema';

export const contract = extendMetrics(voiceCampaign, {
  metrics: {
    VoicemailsLeft: { kind: 'counter', unit: 'Count', description: 'Messages left', dimensions: [[], ['Carrier']] },
    DialLatency: { kind: 'distribution', unit: 'Milliseconds', description: 'From dialling to ringing' },
  },
  dimensions: { Carrier: { values: ['north', 'south'] } },
  emitters: { 'dialer-worker': { emits: ['VoicemailsLeft', 'DialLatency'] } },
  rates: {
    VoicemailRate: {
      numerator: 'VoicemailsLeft',
      denominator: 'TotalCalls',
      scale: 'percent',
      description: 'Calls that left a message',
    },
  },
});

/** At most this many custom metrics on the bill. */
export const series = seriesOf(contract).reduce((sum, { maxSeries }) => sum + maxSeries, 0);

/** What CloudWatch would make of a printed line. */
export function publishedBy(line: string): readonly string[] {
  const parsed = parseEmf(line, { now: 1_700_000_000_000 });
  if (!parsed.ok) return parsed.issues.map(({ message }) => message);
  return parsed.datapoints.map(({ name, values }) => `${name} ${values.join(' ')}`);
}
