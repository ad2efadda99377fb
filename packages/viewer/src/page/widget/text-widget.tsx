import type { TextProperties } from '@voice-campaign/cloudwatch-engine/dashboards';
import { useMemo } from 'preact/hooks';
import { markup } from './markdown.ts';

export function TextWidget({ properties }: { readonly properties: TextProperties }) {
  const html = useMemo(() => markup(properties.markdown), [properties.markdown]);
  return <div class="markdown" dangerouslySetInnerHTML={{ __html: html }} />;
}
