import type { MetricSnapshot } from '@voice-campaign/cloudwatch-engine';

type Series = MetricSnapshot['series'][number];

/**
 * Snapshots of few samples that together restore what one does: the text of a metric with tens of millions of different
 * values would be longer than a string may be.
 */
export function* splitSnapshot(snapshot: MetricSnapshot, mostSamples = 100_000): Iterable<MetricSnapshot> {
  for (const series of snapshot.series) {
    for (const piece of splitSeries(series, mostSamples)) yield { ...snapshot, series: [piece] };
  }
}

function* splitSeries(series: Series, mostSamples: number): Iterable<Series> {
  if (sizeOf(series) <= mostSamples) {
    yield series;
    return;
  }
  for (const half of series.stamps.length > 1 ? halvesByBucket(series) : halvesOfBucket(series)) {
    yield* splitSeries(half, mostSamples);
  }
}

const sizeOf = ({ values, sets, stamps }: Series): number =>
  Math.max(values.length, stamps.length, ...sets.map(([, ofBucket]) => ofBucket.length));

const halvesByBucket = ({ stamps, lengths, values, counts, sets, ...rest }: Series): readonly Series[] => {
  const middle = stamps.length >> 1;
  const samples = lengths.slice(0, middle).reduce((sum, length) => sum + length, 0);
  const first = new Set(stamps.slice(0, middle));
  return [
    {
      ...rest,
      stamps: stamps.slice(0, middle),
      lengths: lengths.slice(0, middle),
      values: values.slice(0, samples),
      counts: counts.slice(0, samples),
      sets: sets.filter(([stamp]) => first.has(stamp)),
    },
    {
      ...rest,
      stamps: stamps.slice(middle),
      lengths: lengths.slice(middle),
      values: values.slice(samples),
      counts: counts.slice(samples),
      sets: sets.filter(([stamp]) => !first.has(stamp)),
    },
  ];
};

/** A bucket that is restored twice holds both. */
const halvesOfBucket = ({ values, counts, sets, ...rest }: Series): readonly Series[] => {
  const halfOf = <Item>(items: readonly Item[], half: 0 | 1): readonly Item[] => {
    const middle = items.length >> 1;
    return half === 0 ? items.slice(0, middle) : items.slice(middle);
  };
  return ([0, 1] as const).map((half) => {
    const own = halfOf(values, half);
    return {
      ...rest,
      lengths: [own.length],
      values: own,
      counts: halfOf(counts, half),
      sets: sets.map(([stamp, ofBucket]) => [stamp, halfOf(ofBucket, half)] as const),
    };
  });
};
