import { type Input, readObjects, readString } from '../service-api/input.ts';
import { ServiceError } from '../service-api/service-error.ts';
import { DataDirectoryError } from '../state/data-directory-error.ts';
import {
  batchEntryIdsNotDistinct,
  emptyBatchRequest,
  invalidBatchEntryId,
  missingParameter,
  tooManyEntries,
} from './sqs-errors.ts';

/** The answer of a batch operation; both lists are there even when empty. */
export type BatchOutput = {
  readonly Successful: readonly Input[];
  readonly Failed: readonly {
    readonly Id: string;
    readonly SenderFault: boolean;
    readonly Code: string;
    readonly Message: string;
  }[];
};

type Entry = { readonly id: string; readonly input: Input };

/** Reads `Entries`: 1 to 10 with distinct ids. @throws ServiceError as SQS would. */
export const readEntries = (input: Input, entryShape: string): readonly Entry[] => {
  const entries = readObjects(input, 'Entries').map((entry) => ({ id: readEntryId(entry), input: entry }));
  if (entries.length === 0) throw emptyBatchRequest(entryShape);
  if (entries.length > 10) throw tooManyEntries(entries.length);
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) throw invalidBatchEntryId();
    if (seen.has(id)) throw batchEntryIdsNotDistinct(id);
    seen.add(id);
  }
  return entries;
};

const readEntryId = (entry: Input): string => {
  const id = readString(entry, 'Id');
  if (id === undefined) throw missingParameter('Id');
  return id;
};

/** Why an entry failed. @throws what is no failure of an entry. */
const failureOf = (id: string, error: unknown): BatchOutput['Failed'][number] => {
  if (error instanceof ServiceError) {
    return { Id: id, SenderFault: true, Code: error.queryCode, Message: error.message };
  }
  // On a full disk a shorter entry may find the space that a longer one does not.
  if (error instanceof DataDirectoryError) {
    return { Id: id, SenderFault: false, Code: 'InternalFailure', Message: error.message };
  }
  throw error;
};

/** Does `work` for each entry; one that is refused, or cannot be written down, fails alone. */
export const eachEntry = (entries: readonly Entry[], work: (entry: Entry) => Input): BatchOutput => {
  const successful: Input[] = [];
  const failed: BatchOutput['Failed'][number][] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.id, ...work(entry) });
    } catch (error) {
      failed.push(failureOf(entry.id, error));
    }
  }
  return { Successful: successful, Failed: failed };
};
