import { type Input, readString, readStrings } from '../service-api/input.ts';
import { readLimit } from './log-pages.ts';
import { type LogsContext, type LogsOperation, nameIn } from './logs-context.ts';
import { invalidParameter, limitExceeded, notFound } from './logs-errors.ts';

/** CloudWatch Logs quotas: saved queries of an account in a Region. */
const mostDefinitions = 1000;

/** @throws ServiceError for OpenSearch's languages. */
export const refuseOtherLanguages = (input: Input): void => {
  const language = readString(input, 'queryLanguage') ?? 'CWLI';
  if (language !== 'CWLI') throw invalidParameter(`queryLanguage ${language} is not emulated: only CWLI is`);
};

const put = ({ logs, now, newId }: LogsContext, input: Input) => {
  refuseOtherLanguages(input);
  const [name, queryString] = [readString(input, 'name') ?? '', readString(input, 'queryString') ?? ''];
  if (name === '' || name.length > 255) throw invalidParameter('name must have 1 to 255 characters');
  if (queryString === '' || queryString.length > 10_000) {
    throw invalidParameter('queryString must have 1 to 10000 characters');
  }
  const given = readString(input, 'queryDefinitionId');
  if (given !== undefined && !logs.state.queries.has(given)) {
    throw notFound('The specified query definition does not exist.');
  }
  if (given === undefined && logs.state.queries.size >= mostDefinitions) {
    throw limitExceeded(`An account has at most ${mostDefinitions} query definitions in a Region.`);
  }
  const id = given ?? newId();
  const logGroupNames = readStrings(input, 'logGroupNames').map(nameIn);
  logs.commit({ kind: 'query', definition: { id, name, queryString, logGroupNames, modifiedAt: now() } });
  return { queryDefinitionId: id };
};

const describe = ({ logs }: LogsContext, input: Input) => {
  const prefix = readString(input, 'queryDefinitionNamePrefix') ?? '';
  const limit = readLimit(input, 'maxResults', 1000);
  const from = Number(readString(input, 'nextToken') ?? 0);
  if (!Number.isInteger(from)) throw invalidParameter('The specified nextToken is invalid.');
  const found = [...logs.state.queries.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    queryDefinitions: found.slice(from, from + limit).map(({ id, name, queryString, logGroupNames, modifiedAt }) => ({
      queryLanguage: 'CWLI',
      queryDefinitionId: id,
      name,
      queryString,
      lastModified: modifiedAt,
      logGroupNames,
    })),
    ...(from + limit < found.length && { nextToken: String(from + limit) }),
  };
};

export const queryDefinitionOperations: Readonly<Record<string, LogsOperation>> = {
  PutQueryDefinition: put,
  DescribeQueryDefinitions: describe,
  DeleteQueryDefinition: ({ logs }, input) => {
    const id = readString(input, 'queryDefinitionId') ?? '';
    if (!logs.state.queries.has(id)) throw notFound('The specified query definition does not exist.');
    logs.commit({ kind: 'query-deleted', id });
    return { success: true };
  },
};
