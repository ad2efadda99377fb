import { faults, source } from '../state/live.ts';

const PARTS = { logs: 'Logs', alarms: 'Alarms', widgets: 'Widgets' } as const;

/** What cannot be read at the moment; the page goes on showing what there was. */
export function FaultBanner() {
  const metrics = source.value?.fault;
  const lines = [
    ...(metrics === undefined ? [] : [`Metrics: ${metrics}`]),
    ...faults.value.map(({ part, message }) => `${PARTS[part]}: ${message}`),
  ];
  if (lines.length === 0) return null;
  return (
    <div class="fault-banner" role="alert">
      <b>Not everything could be read: what is shown may be old.</b>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
