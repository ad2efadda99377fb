import { type AlarmIdentity, DEFAULT_IDENTITY } from '../config/alarm-identity.ts';
import type { AlarmInput } from '../config/alarm-input.ts';
import { isMembers, type Members, readAlarmMembers } from './alarm-members.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';

/** Something of a document that is not read; `where` is its place. */
export type DocumentIssue = {
  readonly code: 'document' | 'unresolved';
  readonly where: string;
  readonly message: string;
};

export type AlarmsOfDocument =
  | { readonly ok: true; readonly alarms: readonly AlarmInput[] }
  | { readonly ok: false; readonly issues: readonly [DocumentIssue, ...DocumentIssue[]] };

export type DocumentOptions = {
  /** Of parameters, attributes (`Queue.QueueName`), imports (`ImportValue shared-topic`) and `AWS::Region` of a template. */
  readonly values?: Readonly<Record<string, string>>;
  readonly identity?: AlarmIdentity;
};

/**
 * The alarms of a parsed document, as PutMetricAlarm and PutCompositeAlarm take them: an answer of DescribeAlarms, a
 * CloudFormation template (its alarms taken whatever their Condition), a list of inputs or a single one.
 */
export function alarmsOfDocument(document: unknown, options: DocumentOptions = {}): AlarmsOfDocument {
  const issues: DocumentIssue[] = [];
  const alarms = readDocument(document, options, issues);
  const [first, ...more] = issues;
  if (first) return { ok: false, issues: [first, ...more] };
  if (alarms.length > 0) return { ok: true, alarms };
  const message = 'has no alarms: give an answer of DescribeAlarms, a CloudFormation template, or alarms themselves';
  return { ok: false, issues: [{ code: 'document', where: 'document', message }] };
}

function readDocument(document: unknown, options: DocumentOptions, issues: DocumentIssue[]): readonly AlarmInput[] {
  if (Array.isArray(document)) return document.flatMap((each) => readDocument(each, options, issues));
  if (!isMembers(document)) return [];
  if (isMembers(document.Resources)) return readTemplate(document, document.Resources, options, issues);
  if (document.MetricAlarms !== undefined || document.CompositeAlarms !== undefined) {
    const described = [document.MetricAlarms, document.CompositeAlarms].flat();
    return described.filter(isMembers).map(readAlarmMembers);
  }
  return document.AlarmName === undefined ? [] : [readAlarmMembers(document)];
}

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

function readTemplate(
  template: Members,
  resources: Members,
  { values = {}, identity: given = DEFAULT_IDENTITY }: DocumentOptions,
  issues: DocumentIssue[],
): readonly AlarmInput[] {
  const [parameters = {}, mappings = {}, conditions = {}] = [
    template.Parameters,
    template.Mappings,
    template.Conditions,
  ].map((each) => (isMembers(each) ? each : {}));
  const {
    'AWS::Partition': partition = given.partition,
    'AWS::Region': region = given.region,
    'AWS::AccountId': accountId = given.accountId,
  } = values;
  const identity = { partition, region, accountId };
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    const where = `resource ${logicalId}`;
    if (logicalId.startsWith('Fn::')) {
      const message = 'is a loop, which is not unrolled here: give the template that it makes';
      issues.push({ code: 'unresolved', where, message });
    }
    if (!isMembers(resource) || typeof resource.Type !== 'string' || !ALARMS.includes(resource.Type)) return [];
    const refuse = (message: string) => issues.push({ code: 'unresolved', where, message });
    const scope = { parameters, resources, mappings, conditions, values, identity, refuse };
    const properties = resolveIntrinsics(resource.Properties, scope);
    const members = isMembers(properties) ? properties : {};
    return [readAlarmMembers({ AlarmName: logicalId, ...members })];
  });
}
