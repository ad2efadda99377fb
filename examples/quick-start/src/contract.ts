import { defineMetrics } from '@voice-campaign/metrics-schema';

export const reminders = defineMetrics({
  metrics: {
    Reminders: { kind: 'counter', unit: 'Count', description: 'People reminded of an appointment' },
    Confirmations: { kind: 'counter', unit: 'Count', description: 'People who said that they will come' },
    TimeToAnswer: { kind: 'distribution', unit: 'Milliseconds', statistic: 'p90', description: 'How long it rang' },
  },
  emitters: {
    'reminder-worker': { kind: 'handler', emits: ['Reminders', 'Confirmations', 'TimeToAnswer'] },
  },
  properties: { clinic: { type: 'string', description: 'Who reminds' } },
  rates: {
    ConfirmationRate: {
      numerator: 'Confirmations',
      denominator: 'Reminders',
      scale: 'percent',
      description: 'Of those reminded',
    },
  },
});
