import type { Persistent } from '../state/journal.ts';

/** A detector of one metric, or of metric math; the members are those of PutAnomalyDetector. */
export type StoredDetector = {
  readonly id: string;
  /** The same for what is one detector: namespace, name, dimensions and statistic, or the queries of metric math. */
  readonly key: string;
  readonly members: Readonly<Record<string, unknown>>;
};

type DetectorsEvent =
  | { readonly kind: 'detector'; readonly detector: StoredDetector }
  | { readonly kind: 'detector-deleted'; readonly key: string };

export type AnomalyDetectors = Persistent<DetectorsEvent> & {
  /** By key. */
  readonly detectors: ReadonlyMap<string, StoredDetector>;
};

export const createAnomalyDetectors = (): AnomalyDetectors => {
  const detectors = new Map<string, StoredDetector>();
  return {
    name: 'anomaly-detectors',
    detectors,
    apply: (event) => {
      if (event.kind === 'detector') detectors.set(event.detector.key, event.detector);
      else detectors.delete(event.key);
    },
    *events() {
      for (const detector of detectors.values()) yield { kind: 'detector', detector };
    },
    reset: () => detectors.clear(),
  };
};
