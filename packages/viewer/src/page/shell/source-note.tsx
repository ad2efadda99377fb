import type { SourceView } from '../../protocol/source-view.ts';
import { now } from '../state/time-range.ts';

/** Where the numbers come from, how old they are, and what asking for them costs. */
export function SourceNote({ source }: { readonly source: SourceView }) {
  const { kind, region, accountId, endpoint, polling, answeredAt } = source;
  return (
    <div class="rail-foot">
      <b>{kind === 'emulator' ? 'Emulator' : 'AWS account'}</b>
      {accountId !== undefined && ` ${accountId}`}
      <br />
      {region}
      {endpoint !== undefined && (
        <>
          <br />
          {endpoint.replace(/^https?:\/\//, '')}
        </>
      )}
      {answeredAt !== undefined && (
        <>
          <br />
          <Age at={answeredAt} />
        </>
      )}
      {polling && (
        <>
          <br />
          Polling: ${polling.dollarsSoFar.toFixed(4)} so far, ${polling.dollarsPerHour.toFixed(3)} an hour of{' '}
          {polling.budgetPerHour.toFixed(2)}
          {polling.slowedDown && ' (slowed down)'}, prices of {polling.pricesOf}
        </>
      )}
    </div>
  );
}

/** Moves on by itself, once a second. */
function Age({ at }: { readonly at: number }) {
  return <span>Metrics of {ago(Math.max(0, Math.round(now.value - at)))}</span>;
}

/** How long ago, in the largest unit of which there are two: `45 s ago`, `3 min ago`. */
function ago(seconds: number): string {
  if (seconds < 2) return 'just now';
  if (seconds < 120) return `${seconds} s ago`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min ago` : `${Math.floor(seconds / 3600)} h ago`;
}
