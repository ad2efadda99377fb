import { type Backlog, createBacklog } from './backlog.ts';
import { countPoints, type SizedDatum } from './metric-data.ts';
import type { Report } from './process-issue.ts';

export type DeliveryOptions = {
  /** Makes one PutMetricData call; a rejection is a failed call. */
  readonly put: (data: readonly SizedDatum[]) => Promise<unknown>;
  readonly maxPoints: number;
  readonly report: Report;
};

export type Delivery = {
  /** Takes data over and sends all that waits; one call at a time, oldest first. Never rejects. */
  send(data: readonly SizedDatum[]): Promise<void>;
  /** Data points that still wait. */
  waiting(): number;
};

/** Error names by which CloudWatch says that the same call will never succeed (PutMetricData, Errors). */
const REFUSED =
  /^(InvalidParameter|MissingRequiredParameter|MissingParameter|InvalidFormat|Validation|RequestEntityTooLarge)/;

/** Sends data in calls within CloudWatch's limits, and keeps those of a failed call for the next time. */
export function createDelivery({ put, maxPoints, report }: DeliveryOptions): Delivery {
  const backlog = createBacklog(maxPoints);
  let failing = false;
  let running: Promise<void> | undefined;

  /** False where the call failed and may succeed later. */
  async function call(data: readonly SizedDatum[]): Promise<boolean> {
    try {
      await put(data);
      failing = false;
      return true;
    } catch (error) {
      if (error instanceof Error && REFUSED.test(error.name)) {
        const droppedPoints = countPoints(data);
        const message = `CloudWatch refused ${droppedPoints} data points, they are dropped: ${error.message}`;
        report({ code: 'put-refused', error, droppedPoints, message });
        return true;
      }
      backlog.putBack(data);
      const keptPoints = backlog.points();
      const message = `PutMetricData failed, ${keptPoints} data points wait for the next flush: ${String(error)}`;
      if (!failing) report({ code: 'put-failed', error, keptPoints, message });
      failing = true;
      return false;
    }
  }

  async function drain(): Promise<void> {
    for (let next = backlog.takeCall(); next.length > 0; next = backlog.takeCall()) {
      if (!(await call(next))) break;
    }
    trim(backlog, maxPoints, report);
  }

  return {
    async send(data) {
      backlog.append(data);
      if (running) {
        trim(backlog, maxPoints, report);
        await running;
      }
      running ??= drain().finally(() => {
        running = undefined;
      });
      await running;
    },
    waiting: () => backlog.points(),
  };
}

function trim(backlog: Backlog, limit: number, report: Report): void {
  const droppedPoints = backlog.trim();
  if (droppedPoints === 0) return;
  const message = `dropped the oldest ${droppedPoints} data points, as at most ${limit} wait for CloudWatch`;
  report({ code: 'backlog-full', droppedPoints, limit, message });
}
