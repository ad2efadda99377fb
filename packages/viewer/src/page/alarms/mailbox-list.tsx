import { useState } from 'preact/hooks';
import type { Mailbox } from '../../protocol/alarm-view.ts';
import { dateTime } from '../chart/format-time.ts';
import { Icon } from '../shell/icon.tsx';
import { apiUrl, useAnswer } from '../state/api.ts';
import { versions } from '../state/live.ts';
import { preferences } from '../state/preferences.ts';

/** What SNS sent to people, newest first; of one alarm only, where it is named. */
export function MailboxList({ alarm }: { readonly alarm?: string }) {
  const { answer, fault } = useAnswer<Mailbox>(apiUrl(['mailbox']), versions.mailbox.value);
  const mails = (answer?.mails ?? []).filter((mail) => alarm === undefined || mail.alarm === alarm);
  return (
    <section class="card" aria-label="Notifications sent">
      <header class="card-head">
        <h2>Notifications sent</h2>
        {answer?.unknown === undefined && <span class="card-aside">{mails.length}</span>}
      </header>
      {fault !== undefined && <p class="note fault">{fault}</p>}
      {answer && mails.length === 0 && <p class="note">{answer.unknown ?? 'Nothing was sent yet.'}</p>}
      <ul class="mails">
        {mails.map((mail) => (
          <MailItem key={mail.id} mail={mail} />
        ))}
      </ul>
    </section>
  );
}

function MailItem({ mail }: { readonly mail: Mailbox['mails'][number] }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <button type="button" class="mail" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="mail" />
        <span class="mail-main">
          <b>{mail.subject || '(no subject)'}</b>
          <span>
            {mail.protocol} to {mail.to} · {dateTime(mail.at, preferences.zone.value)}
          </span>
        </span>
      </button>
      {open && <pre class="mail-text">{mail.message}</pre>}
    </li>
  );
}
