import type { AlarmStatus, Emulator, Mail } from '@voice-campaign/emulator';
import type { AlarmDetail, AlarmView, Mailbox } from '../../protocol/alarm-view.ts';
import { alarmViewOf, changeIn } from '../alarm-view-of.ts';

type Identity = { readonly region: string; readonly accountId: string };

/** An alarm of the emulator as the page shows it. */
export const statusView = ({ name, alarm, state }: AlarmStatus, { region, accountId }: Identity): AlarmView =>
  alarmViewOf(alarm, state, `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`);

type Item = AlarmDetail['history'][number];

/** Newest first. */
export const historyOf = ({ history }: AlarmStatus): readonly Item[] =>
  history.toReversed().map(({ at, type, summary, data }): Item => ({ at, kind: type, summary, ...changeIn(data) }));

/** What SNS sent, newest first. */
export const mailboxOf = (emulator: Emulator): Mailbox => ({ mails: emulator.mailbox().map(mailView).toReversed() });

function mailView(mail: Mail, index: number): Mailbox['mails'][number] {
  const { at, protocol, to, topicArn, messageId, subject = '', message } = mail;
  const alarm = /^(?:ALARM|OK|INSUFFICIENT_DATA): "(.+)" in /.exec(subject)?.[1];
  const topic = topicArn.split(':').at(-1) ?? topicArn;
  const common = { id: `${messageId}/${index}`, at: at / 1000, protocol, to, topic, subject, message };
  return alarm === undefined ? common : { ...common, alarm };
}
