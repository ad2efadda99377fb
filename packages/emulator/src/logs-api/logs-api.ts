import type { Input } from '../service-api/input.ts';
import type { Service } from '../service-api/service.ts';
import { putOperations } from './events/put-events.ts';
import { readOperations } from './events/read-events.ts';
import { groupOperations } from './groups/groups-api.ts';
import { tagOperations } from './groups/log-tags.ts';
import { streamOperations } from './groups/streams-api.ts';
import type { LogsContext } from './logs-context.ts';
import { metricFilterOperations } from './metric-filters/metric-filters-api.ts';
import { queryOperations } from './queries.ts';
import { queryDefinitionOperations } from './query-definitions.ts';

/** CloudWatch Logs as the AWS SDKs and the CLI call it (AWS JSON 1.1). */
export const logsService = (context: LogsContext): Service => {
  const operations = {
    ...groupOperations,
    ...streamOperations,
    ...putOperations,
    ...readOperations,
    ...metricFilterOperations,
    ...queryDefinitionOperations,
    ...queryOperations(context),
    ...tagOperations,
  };
  return {
    signingName: 'logs',
    targetPrefix: 'Logs_20140328',
    jsonVersion: '1.1',
    doubles: new Set(['defaultValue', 'bytesScanned', 'recordsMatched', 'recordsScanned']),
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, (input: Input) => operation(context, input)]),
    ),
  };
};
