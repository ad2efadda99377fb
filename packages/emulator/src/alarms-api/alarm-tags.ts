import { nameOf } from '@voice-campaign/cloudwatch-engine/alarms';
import { readString, readStrings } from '../service-api/input.ts';
import { resourceNotFoundException } from './alarm-errors.ts';
import { type AlarmsContext, type AlarmsOperation, readTags, type Tagged } from './alarms-context.ts';

/** The alarm, mute rule or dashboard of an ARN. */
const taggedOf = ({ alarms, tagged }: AlarmsContext, arn: string): Tagged | undefined => {
  const { store, commit } = alarms;
  const alarm = store.alarms.get(nameOf(arn));
  if (alarm !== undefined) {
    const { configuredAt, tags } = alarm;
    return {
      tags,
      change: (changed) => commit({ kind: 'alarm', input: alarm.alarm.input, configuredAt, tags: changed }),
    };
  }
  const rule = store.muteRules.get(arn.replace(/^arn:.*:alarm-mute-rule:/, ''));
  if (rule === undefined) return tagged(arn);
  const { updatedAt, tags } = rule;
  return { tags, change: (changed) => commit({ kind: 'mute-rule', input: rule.rule.input, updatedAt, tags: changed }) };
};

const existing = (context: AlarmsContext, arn: string): Tagged => {
  const tagged = taggedOf(context, arn);
  if (tagged === undefined) throw resourceNotFoundException(`Resource ${arn} does not exist`);
  return tagged;
};

export const tagOperations: Readonly<Record<string, AlarmsOperation>> = {
  // Recorded: of a resource that is no longer there, none.
  ListTagsForResource: (context, input) => {
    const tags = taggedOf(context, readString(input, 'ResourceARN') ?? '')?.tags ?? {};
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
  TagResource: (context, input) => {
    const { tags, change } = existing(context, readString(input, 'ResourceARN') ?? '');
    change({ ...tags, ...readTags(input) });
    return {};
  },
  UntagResource: (context, input) => {
    const { tags, change } = existing(context, readString(input, 'ResourceARN') ?? '');
    const keys = readStrings(input, 'TagKeys');
    change(Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))));
    return {};
  },
};
