import type { PlanView } from '../../protocol/plan-view.ts';
import { dateTime } from '../chart/format-time.ts';
import { seriesColor } from '../chart/palette.ts';
import { Pie } from '../metric/pie-view.tsx';
import { apiUrl, useAnswer } from '../state/api.ts';
import { versions } from '../state/live.ts';
import { preferences, shownTheme } from '../state/preferences.ts';

const dollars = (value: number): string => `$${value.toFixed(value > 0 && value < 0.1 ? 4 : 2)}`;

/** What the monitoring costs a month, and where what is deployed differs from its plan. */
export function PlanPage() {
  const { answer, fault } = useAnswer<PlanView>(apiUrl(['plan']), versions.plan.value);
  if (fault !== undefined) return <p class="loading fault">{fault}</p>;
  if (!answer) return <p class="loading">Loading…</p>;
  return (
    <div class="stack">
      {answer.notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      {answer.cost && <Cost cost={answer.cost} />}
      {answer.drift && <Drift drift={answer.drift} />}
    </div>
  );
}

function Cost({ cost }: { readonly cost: NonNullable<PlanView['cost']> }) {
  const theme = shownTheme.value;
  const shares = cost.items.map(({ name, dollars: value }, index) => ({
    key: name,
    label: name,
    color: seriesColor(index, theme),
    value,
  }));
  return (
    <section class="card pad" aria-label="Cost">
      <h2>
        {dollars(cost.total)} a month{' '}
        <span class="muted">
          in {cost.region}, prices of {cost.pricesOf}
        </span>
      </h2>
      <div class="split">
        <CostTable items={cost.items} />
        <div class="cost-pie">
          <Pie shares={shares} labels={false} />
        </div>
      </div>
      {cost.assumptions.length > 0 && (
        <ul class="assumptions muted">
          {cost.assumptions.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function CostTable({ items }: Pick<NonNullable<PlanView['cost']>, 'items'>) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col" class="number">
            A month
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ name, dollars: price, note }) => (
          <tr key={name}>
            <td>
              {name}
              {note !== undefined && <p class="muted">{note}</p>}
            </td>
            <td class="number">{dollars(price)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const WORDS = {
  same: ['As planned', 'state-OK'],
  changed: ['Changed', 'state-warn'],
  missing: ['Missing', 'state-ALARM'],
  extra: ['Not in the plan', 'state-INSUFFICIENT_DATA'],
} as const;

function Drift({ drift }: { readonly drift: NonNullable<PlanView['drift']> }) {
  const off = drift.items.filter(({ state }) => state !== 'same').length;
  return (
    <section class="card" aria-label="Drift">
      <header class="card-head">
        <h2>{off === 0 ? 'All is as planned' : `${off} of ${drift.items.length} differ from the plan`}</h2>
        <span class="card-aside">{dateTime(drift.checkedAt, preferences.zone.value)}</span>
      </header>
      <div class="table-wrap">
        <table class="table">
          <tbody>
            {drift.items.map(({ resource, name, state, differences }) => (
              <tr key={`${resource} ${name}`}>
                <td>
                  <span class={`state ${WORDS[state][1]}`}>{WORDS[state][0]}</span>
                </td>
                <td>{resource}</td>
                <td>
                  {name}
                  {differences.map(({ path, planned, deployed }) => (
                    <p key={path} class="mono muted">
                      {path}: planned {planned}, deployed {deployed}
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
