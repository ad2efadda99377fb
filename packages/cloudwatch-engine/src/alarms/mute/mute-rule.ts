import { type AlarmIssue, checkText, type Report } from '../config/alarm-issue.ts';
import { latestOccurrences, parseSchedule, type Schedule } from './schedule.ts';
import { type TimeZone, timeZone } from './time-zone.ts';

/** PutAlarmMuteRuleInput of the API Reference, with moments in seconds since 1970. */
export type AlarmMuteRuleInput = {
  readonly Name?: string | undefined;
  readonly Description?: string | undefined;
  readonly Rule?:
    | {
        readonly Schedule?:
          | {
              /** `cron(0 2 * * SUN)` or `at(2026-12-24T18:00)`. */
              readonly Expression?: string | undefined;
              /** ISO 8601, PT1M to P15D. */
              readonly Duration?: string | undefined;
              /** An IANA name; UTC without it. */
              readonly Timezone?: string | undefined;
            }
          | undefined;
      }
    | undefined;
  readonly MuteTargets?: { readonly AlarmNames?: readonly string[] | undefined } | undefined;
  readonly StartDate?: number | undefined;
  readonly ExpireDate?: number | undefined;
};

/** A mute rule that `validateMuteRule` let pass. */
export type MuteRule = {
  readonly name: string;
  readonly input: AlarmMuteRuleInput;
  readonly alarms: readonly string[];
  readonly schedule: Schedule;
  readonly zone: TimeZone;
  readonly durationSeconds: number;
  readonly start: number;
  readonly expires: number;
};

export type ValidatedMuteRule =
  | { readonly ok: true; readonly rule: MuteRule }
  | { readonly ok: false; readonly issues: readonly [AlarmIssue, ...AlarmIssue[]] };

const MAX_DURATION = 15 * 86_400;
const MAX_ALARMS = 100;

/** Reads a mute rule as PutAlarmMuteRule takes it, or says everything it refuses. */
export function validateMuteRule(input: AlarmMuteRuleInput): ValidatedMuteRule {
  const issues: AlarmIssue[] = [];
  const report: Report = (issue) => issues.push({ error: 'ValidationError', ...issue });
  const { Expression: expression, Duration: duration, Timezone: zoneName = 'UTC' } = input.Rule?.Schedule ?? {};
  checkText(report, 'Name', input.Name, 1, 255);
  if (input.Description !== undefined) checkText(report, 'Description', input.Description, 0, 1024);
  checkText(report, 'Rule.Schedule.Expression', expression, 1, 256);
  const parsed = parseSchedule(expression ?? '');
  if (!parsed.ok && expression) {
    const message = `Invalid schedule expression: ${expression}`;
    report({ code: 'schedule', path: 'Rule.Schedule.Expression', message, fix: parsed.message });
  }
  const durationSeconds = isoDuration(duration ?? '');
  if (durationSeconds === undefined || durationSeconds < 60 || durationSeconds > MAX_DURATION) {
    const fix = 'give PT1M to P15D, as in PT4H or P2DT12H';
    report({
      code: 'duration',
      path: 'Rule.Schedule.Duration',
      message: `Invalid duration: ${duration ?? 'null'}`,
      fix,
    });
  }
  const zone = timeZone(zoneName);
  if (!zone) {
    const fix = 'give an IANA name, as in Europe/London';
    report({ code: 'time-zone', path: 'Rule.Schedule.Timezone', message: `Invalid timezone: ${zoneName}`, fix });
  }
  const alarms = input.MuteTargets?.AlarmNames ?? [];
  if (alarms.length > MAX_ALARMS) {
    const message = `A mute rule can target at most ${MAX_ALARMS} alarms.`;
    report({
      code: 'too-many-alarms',
      path: 'MuteTargets.AlarmNames',
      message,
      fix: `split the ${alarms.length} alarms over several rules`,
    });
  }
  const [first, ...more] = issues;
  if (first || !parsed.ok || !zone) return { ok: false, issues: [first as AlarmIssue, ...more] };
  const { StartDate: start = Number.NEGATIVE_INFINITY, ExpireDate: expires = Number.POSITIVE_INFINITY } = input;
  return {
    ok: true,
    rule: {
      name: input.Name ?? '',
      input,
      alarms,
      schedule: parsed.schedule,
      zone,
      durationSeconds: durationSeconds ?? 0,
      start,
      expires,
    },
  };
}

/** From when on a rule mutes nothing any more: its own end, or that of the only window of a one-time rule. */
export function muteRuleExpiry({ schedule, zone, durationSeconds, expires }: MuteRule): number {
  return schedule.kind === 'at' ? Math.min(zone.toUtc(schedule.local) + durationSeconds, expires) : expires;
}

/** When the window ends that a rule keeps open at `at`; undefined where it mutes nothing then. */
export function muteWindowEnd(rule: MuteRule, at: number): number | undefined {
  if (at >= rule.expires) return undefined;
  const days = Math.ceil(rule.durationSeconds / 86_400) + 1;
  for (const local of latestOccurrences(rule.schedule, rule.zone.toLocal(at), days)) {
    const begins = rule.zone.toUtc(local);
    const ends = begins + rule.durationSeconds;
    if (begins <= at && at < ends && begins >= rule.start) return Math.min(ends, rule.expires);
  }
  return undefined;
}

/** When an alarm is no longer muted by any rule; undefined where none mutes it at `at`. Rules that follow on each other are one window. */
export function mutedUntil(rules: readonly MuteRule[], alarm: string, at: number): number | undefined {
  const own = rules.filter((rule) => rule.alarms.includes(alarm));
  let until: number | undefined;
  for (let step = 0; step < 1000; step += 1) {
    const ends = own.map((rule) => muteWindowEnd(rule, until ?? at)).filter((end) => end !== undefined);
    if (ends.length === 0) return until;
    until = Math.max(...ends);
  }
  return Number.POSITIVE_INFINITY;
}

/** Seconds of `P2DT12H`; undefined for what is none. */
function isoDuration(text: string): number | undefined {
  const [all, days, hours, minutes, seconds] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text) ?? [];
  if (all === undefined || all.endsWith('T') || all === 'P') return undefined;
  return Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}
