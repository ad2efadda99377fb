import { signal } from '@preact/signals';
import type { Widget } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { WidgetData } from '../../protocol/dashboard-view.ts';
import { apiUrl, useAnswer } from '../state/api.ts';
import { query } from '../state/route.ts';
import { WidgetView } from './widget-view.tsx';

/** One widget over all of the window, for pictures of it. */
export function LoneWidget() {
  const body = query.value.get('body') ?? '';
  const { answer, fault } = useAnswer<{ readonly widget: Widget; readonly data?: WidgetData }>(
    apiUrl(['widget'], { body }),
  );
  if (fault !== undefined) return <p class="loading fault">{fault}</p>;
  if (!answer) return <p class="waiting">…</p>;
  return (
    <div class="lone">
      <WidgetView widget={answer.widget} data={signal(answer.data)} still />
    </div>
  );
}
