import { GetInsightRuleReportCommand } from '@aws-sdk/client-cloudwatch';
import type { ViewSource } from '../view-source.ts';
import type { CostLedger } from './polling-cost.ts';
import { remembered } from './remembered.ts';
import { type AwsClients, asked } from './send.ts';

const REPORT_SECONDS = 30;

type Using = { readonly ledger: CostLedger; readonly now: () => number };

/** Reports of Contributor Insights, each asked for once in half a minute. */
export function awsContributors({ cloudWatch }: AwsClients, { ledger, now }: Using): ViewSource['contributors'] {
  const keep = remembered({ seconds: REPORT_SECONDS, now });
  return ({ rule, range, periodSeconds, orderBy, most }) => {
    // A range that moves on is another only with its period.
    const [start, end] = [range.start, range.end].map((at) => Math.ceil(at / periodSeconds) * periodSeconds);
    return keep(JSON.stringify([rule, start, end, periodSeconds, orderBy, most]), () =>
      asked('GetInsightRuleReport', async () => {
        ledger.add('request', 1);
        const report = await cloudWatch.send(
          new GetInsightRuleReportCommand({
            RuleName: rule,
            StartTime: new Date(range.start * 1000),
            EndTime: new Date(range.end * 1000),
            Period: periodSeconds,
            OrderBy: orderBy,
            MaxContributorCount: most,
          }),
        );
        return {
          keyLabels: report.KeyLabels ?? [],
          uniqueCount: report.ApproximateUniqueCount ?? 0,
          contributors: (report.Contributors ?? []).map(({ Keys: keys = [], Datapoints: points = [] }) => ({
            keys,
            timestamps: points.map(({ Timestamp }) => (Timestamp?.getTime() ?? 0) / 1000),
            values: points.map(({ ApproximateValue = 0 }) => ApproximateValue),
          })),
        };
      }),
    );
  };
}
