import {
  type AlarmMuteRuleInput,
  muteRuleExpiry,
  muteWindowEnd,
  validateMuteRule,
} from '@voice-campaign/cloudwatch-engine/alarms';
import type { StoredMuteRule } from '../alarms/alarm-store.ts';
import { readWords } from '../service-api/constraint.ts';
import { type Input, readObject, readString, readStrings, readTimestamp } from '../service-api/input.ts';
import { refused, resourceNotFoundException, validationError } from './alarm-errors.ts';
import { type AlarmsContext, type AlarmsOperation, pageOf, readTags } from './alarms-context.ts';

const muteRuleArn = ({ identity }: AlarmsContext, name: string): string =>
  `arn:${identity.partition}:cloudwatch:${identity.region}:${identity.accountId}:alarm-mute-rule:${name}`;

const readRule = (input: Input): AlarmMuteRuleInput => {
  const schedule = readObject(readObject(input, 'Rule'), 'Schedule');
  const [start, expire] = [readTimestamp(input, 'StartDate'), readTimestamp(input, 'ExpireDate')];
  return {
    Name: readString(input, 'Name'),
    Description: readString(input, 'Description'),
    Rule: {
      Schedule: {
        Expression: readString(schedule, 'Expression'),
        Duration: readString(schedule, 'Duration'),
        Timezone: readString(schedule, 'Timezone'),
      },
    },
    MuteTargets: { AlarmNames: readStrings(readObject(input, 'MuteTargets'), 'AlarmNames') },
    ...(start !== undefined && { StartDate: start / 1000 }),
    ...(expire !== undefined && { ExpireDate: expire / 1000 }),
  };
};

const statusOf = ({ rule }: StoredMuteRule, now: number): 'SCHEDULED' | 'ACTIVE' | 'EXPIRED' => {
  if (now >= muteRuleExpiry(rule)) return 'EXPIRED';
  return muteWindowEnd(rule, now) === undefined ? 'SCHEDULED' : 'ACTIVE';
};

const summaryOf = (context: AlarmsContext, stored: StoredMuteRule) => ({
  AlarmMuteRuleArn: muteRuleArn(context, stored.rule.name),
  Status: statusOf(stored, context.now() / 1000),
  MuteType: stored.rule.schedule.kind === 'at' ? 'ONE_TIME' : 'RECURRING',
  LastUpdatedTimestamp: new Date(stored.updatedAt * 1000),
  ...(Number.isFinite(stored.rule.expires) && { ExpireDate: new Date(stored.rule.expires * 1000) }),
});

const ruleNamed = ({ alarms }: AlarmsContext, input: Input): StoredMuteRule => {
  const name = readString(input, 'AlarmMuteRuleName') ?? '';
  const found = alarms.store.muteRules.get(name.replace(/^arn:.*:alarm-mute-rule:/, ''));
  if (found === undefined) throw resourceNotFoundException(`Alarm mute rule ${name} does not exist`);
  return found;
};

export const muteRuleOperations: Readonly<Record<string, AlarmsOperation>> = {
  PutAlarmMuteRule: ({ alarms, now }, input) => {
    const read = readRule(input);
    const validated = validateMuteRule(read);
    if (!validated.ok) throw refused(validated.issues[0]);
    const missing = validated.rule.alarms.filter((name) => !alarms.store.alarms.has(name));
    if (missing.length > 0) {
      throw validationError(`MuteTargets: alarms [${missing.join(', ')}] do not exist (create them first)`);
    }
    alarms.evaluate();
    const tags = alarms.store.muteRules.get(validated.rule.name)?.tags ?? readTags(input);
    alarms.commit({ kind: 'mute-rule', input: read, updatedAt: now() / 1000, tags });
    alarms.evaluate();
  },
  GetAlarmMuteRule: (context, input) => {
    const stored = ruleNamed(context, input);
    const { Name, Description, Rule, MuteTargets, StartDate } = stored.rule.input;
    return {
      Name,
      ...(Description !== undefined && { Description }),
      Rule,
      MuteTargets,
      ...(StartDate !== undefined && { StartDate: new Date(StartDate * 1000) }),
      ...summaryOf(context, stored),
    };
  },
  ListAlarmMuteRules: (context, input) => {
    const [alarm, statuses] = [
      readString(input, 'AlarmName'),
      readWords(input, 'Statuses', ['SCHEDULED', 'ACTIVE', 'EXPIRED'], validationError),
    ];
    const found = [...context.alarms.store.muteRules.values()]
      .filter(({ rule }) => alarm === undefined || rule.alarms.includes(alarm))
      .map((stored) => summaryOf(context, stored))
      .filter(({ Status }) => statuses.length === 0 || statuses.includes(Status));
    const { page, next } = pageOf(found, input);
    return { AlarmMuteRuleSummaries: page, ...next };
  },
  DeleteAlarmMuteRule: ({ alarms }, input) => {
    alarms.evaluate();
    alarms.commit({ kind: 'mute-rule-deleted', name: readString(input, 'AlarmMuteRuleName') ?? '' });
    // "Immediately unmuted. If those alarms are in an ALARM state, their configured actions will trigger" (API reference).
    alarms.evaluate();
  },
};
