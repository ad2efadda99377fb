import type uPlot from 'uplot';
import type { HorizontalMark, TimeChart, VerticalMark } from './chart-series.ts';
import { withAlpha } from './palette.ts';
import { type Box, type Caption, placeOfCaption } from './place-caption.ts';

const FILL_ALPHA = 0.13;
const LABEL_SPACE = 4;

/** Of what is written over lines: the text, and a rim that keeps it readable. */
type LabelInk = { readonly text: string; readonly ground: string };

type Marks = Pick<TimeChart, 'horizontal' | 'vertical'>;

const boxOf = ({ bbox }: uPlot): Box => ({
  left: bbox.left,
  top: bbox.top,
  right: bbox.left + bbox.width,
  bottom: bbox.top + bbox.height,
});

const scaleOf = (axis: 'left' | 'right'): string => (axis === 'left' ? 'y' : 'y2');

/** The shaded sides and bands of annotations, below the lines of the chart. */
export function drawFills(plot: uPlot, { horizontal, vertical }: Marks): void {
  const box = boxOf(plot);
  clipped(plot, box, () => {
    for (const mark of horizontal) fillHorizontal(plot, box, mark);
    for (const mark of vertical) fillVertical(plot, box, mark);
  });
}

/** The lines of annotations and what is written beside them, above the lines of the chart. */
export function drawLines(plot: uPlot, { horizontal, vertical }: Marks, ink: LabelInk): void {
  const box = boxOf(plot);
  const written: Box[] = [];
  clipped(plot, box, () => {
    for (const mark of horizontal) {
      for (const value of mark.until === undefined ? [mark.value] : [mark.value, mark.until]) {
        const y = positionAt(plot, value, scaleOf(mark.axis));
        if (y !== undefined) line(plot, mark.color, [box.left, y, box.right, y]);
      }
      const y = positionAt(plot, mark.value, scaleOf(mark.axis));
      if (y !== undefined) write(plot, box, { text: mark.label, x: box.right, y, side: 'right' }, { ink, written });
    }
    for (const mark of vertical) {
      for (const at of mark.until === undefined ? [mark.at] : [mark.at, mark.until]) {
        const x = positionAt(plot, at, 'x');
        if (x !== undefined) line(plot, mark.color, [x, box.top, x, box.bottom]);
      }
      const x = positionAt(plot, mark.at, 'x');
      if (x !== undefined) write(plot, box, { text: mark.label, x, y: box.top, side: 'left' }, { ink, written });
    }
  });
}

function clipped(plot: uPlot, box: Box, draw: () => void): void {
  plot.ctx.save();
  plot.ctx.beginPath();
  plot.ctx.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  plot.ctx.clip();
  draw();
  plot.ctx.restore();
}

/** In canvas pixels; undefined while the scale has no range. */
function positionAt(plot: uPlot, value: number, scale: string): number | undefined {
  const { min, max } = plot.scales[scale] ?? {};
  if (typeof min !== 'number' || typeof max !== 'number') return undefined;
  const position = plot.valToPos(value, scale, true);
  return Number.isFinite(position) ? Math.round(position) : undefined;
}

function fillHorizontal(plot: uPlot, box: Box, mark: HorizontalMark): void {
  const from = positionAt(plot, mark.value, scaleOf(mark.axis));
  if (from === undefined) return;
  const edge = mark.fill === 'above' ? box.top : mark.fill === 'below' ? box.bottom : undefined;
  const to = mark.until === undefined ? edge : positionAt(plot, mark.until, scaleOf(mark.axis));
  if (to === undefined) return;
  plot.ctx.fillStyle = withAlpha(mark.color, FILL_ALPHA);
  plot.ctx.fillRect(box.left, Math.min(from, to), box.right - box.left, Math.abs(to - from));
}

function fillVertical(plot: uPlot, box: Box, mark: VerticalMark): void {
  const from = positionAt(plot, mark.at, 'x');
  if (from === undefined) return;
  const edge = mark.fill === 'before' ? box.left : mark.fill === 'after' ? box.right : undefined;
  const to = mark.until === undefined ? edge : positionAt(plot, mark.until, 'x');
  if (to === undefined) return;
  plot.ctx.fillStyle = withAlpha(mark.color, FILL_ALPHA);
  plot.ctx.fillRect(Math.min(from, to), box.top, Math.abs(to - from), box.bottom - box.top);
}

function line({ ctx }: uPlot, color: string, [x1, y1, x2, y2]: readonly [number, number, number, number]): void {
  const ratio = globalThis.devicePixelRatio || 1;
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash([5 * ratio, 4 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.setLineDash([]);
}

type Writing = { readonly ink: LabelInk; readonly written: Box[] };

function write({ ctx }: uPlot, box: Box, caption: Caption, { ink, written }: Writing): void {
  if (caption.text === '') return;
  const ratio = globalThis.devicePixelRatio || 1;
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  const short = caption.text.length > 60 ? `${caption.text.slice(0, 59)}…` : caption.text;
  const size = { width: ctx.measureText(short).width, height: 14 * ratio, space: LABEL_SPACE * ratio };
  const place = placeOfCaption(caption, size, box, written);
  written.push(place);
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  ctx.lineWidth = 3 * ratio;
  ctx.lineJoin = 'round';
  ctx.strokeStyle = ink.ground;
  ctx.strokeText(short, place.left, place.bottom);
  ctx.fillStyle = ink.text;
  ctx.fillText(short, place.left, place.bottom);
}
