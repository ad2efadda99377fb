import { defineMetrics, extendMetrics, voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { defineMonitoring, plan } from '../../src/index.ts';
import { describePlace, lintPlan } from '../../src/lint.ts';
import { planned } from '../voice-campaign/deployment.ts';

const shop = defineMetrics({
  metrics: {
    Orders: { kind: 'counter', unit: 'Count', description: 'Orders' },
    Refunds: { kind: 'counter', unit: 'Count', dimensions: [['Reason']], description: 'Refunds' },
    Carts: { kind: 'gauge', unit: 'Count', resolution: 1, description: 'Open carts' },
    Stored: { kind: 'gauge', unit: 'Bytes', description: 'Size of the pictures' },
  },
  dimensions: { Reason: { values: ['broken', 'late'] } },
  emitters: { till: { kind: 'handler', emits: ['Orders', 'Refunds', 'Carts', 'Stored'] } },
  properties: {},
  rates: {},
});

const shopPlan = (label = 'Pictures', period = 60) =>
  plan(
    defineMonitoring(shop, ({ metric, search }) => ({
      alarms: {},
      dashboards: {
        shop: {
          rows: [
            {
              height: 6,
              widgets: [
                {
                  kind: 'metric',
                  title: 'Shop',
                  width: 24,
                  period,
                  series: [
                    { reads: metric('Orders') },
                    { reads: search('Refunds', ['Reason'], 'Sum') },
                    { reads: metric('Stored'), label },
                  ],
                },
              ],
            },
          ],
        },
      },
    })),
    { projectName: 'shop', environment: 'test' },
  );

const found = (...args: Parameters<typeof lintPlan>) =>
  lintPlan(...args).map(({ code, severity, at }) => `${severity} ${code}: ${describePlace(at)}`);

describe('drift of a plan from its contract', () => {
  it('finds nothing but notes in the built-in monitoring of the built-in contract', () => {
    const all = planned({ restApiNames: ['api'], anomalyDetection: true, serviceLevelObjective: true });
    const findings = lintPlan(all, voiceCampaign);
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });

  it('names what is emitted and never read, with its price', () => {
    expect(lintPlan(shopPlan(), shop)).toEqual([
      {
        code: 'unread',
        severity: 'warning',
        at: { kind: 'emitted', namespace: 'shop/test', metric: 'Carts', dimensions: [] },
        message: expect.stringContaining('one custom metric, $0.30 a month'),
      },
    ]);
  });

  it('prices every set of dimensions, and names who emits it', () => {
    const contract = extendMetrics(voiceCampaign, {
      metrics: { Voicemails: { kind: 'counter', unit: 'Count', description: 'v', dimensions: [[], ['CampaignId']] } },
      emitters: { 'dialer-worker': { emits: ['Voicemails'] } },
    });
    const messages = lintPlan(planned(), contract)
      .filter(({ severity }) => severity === 'warning')
      .map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringMatching(/Voicemails of dialer-worker: one custom metric, \$0\.30 a month/),
      expect.stringMatching(/Voicemails by \[CampaignId\] of dialer-worker: up to 20 custom metrics, \$6\.00 a month/),
    ]);
    const few = lintPlan(planned(), contract, { dimensionValues: { CampaignId: 5 } });
    expect(few.find(({ message }) => message.includes('up to 5 custom metrics, $1.50'))).toBeDefined();
  });

  it('finds every widget and alarm that reads what is no longer emitted', () => {
    const { 'api-handler': _, ...emitters } = voiceCampaign.emitters;
    const places = found(planned(), { ...voiceCampaign, emitters }).filter((text) =>
      text.startsWith('error unemitted'),
    );
    expect(places.join('\n')).toMatch(/dashboard voice-campaign-production-business-metrics, widget \d+ \(/);
    expect(places.join('\n')).toContain('alarm voice-campaign-production-warning-opt-out-rate, query');
  });

  it('takes a search for a reader of all series that it finds', () => {
    const none = { ...shopPlan(), dashboards: [] };
    expect(found(none, shop)).toContain('warning unread: shop/test Refunds by [Reason]');
    expect(found(shopPlan(), shop)).not.toContain('warning unread: shop/test Refunds by [Reason]');
  });

  it('counts the series of a set of dimensions against a budget', () => {
    expect(found(shopPlan(), shop, { cardinalityBudget: 2 })).not.toContain(
      'error cardinality: shop/test Refunds by [Reason]',
    );
    const [finding] = lintPlan(shopPlan(), shop, { cardinalityBudget: 1 }).filter(({ code }) => code === 'cardinality');
    expect(finding?.message).toContain('Refunds by [Reason] may open 2 custom metrics, the budget is 1');
  });

  it('finds a plan that reads another namespace than handlers emit to', () => {
    const elsewhere = { ...shopPlan(), namespace: 'shop/production' };
    expect(found(elsewhere, shop)).toContain('error namespace: dashboard shop-test-shop, widget 1 (Shop), row 1');
  });

  it('finds labels that promise another unit', () => {
    const [finding] = lintPlan(shopPlan('Pictures, GiB'), shop).filter(({ code }) => code === 'unit');
    expect(finding?.message).toBe(
      'Stored is in Bytes and the label says GiB: compute it in an expression, or say Bytes',
    );
    expect(found(shopPlan('GiBbon'), shop)).not.toContain(
      'warning unit: dashboard shop-test-shop, widget 1 (Shop), row 3',
    );
  });

  it('finds what is read more finely than it is stored', () => {
    expect(found(shopPlan('Pictures', 10), shop).filter((text) => text.includes('resolution'))).toHaveLength(3);
  });
});
