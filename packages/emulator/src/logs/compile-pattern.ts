import {
  type FilterMatch,
  FilterPatternError,
  matchFilterPattern,
  parseFilterPattern,
} from '@voice-campaign/cloudwatch-engine/logs';

export type CompiledPattern =
  | { readonly ok: true; readonly match: (message: string) => FilterMatch | undefined }
  | { readonly ok: false; readonly message: string };

/** A filter pattern, ready to match; or what is wrong with it. */
export const compilePattern = (text: string): CompiledPattern => {
  try {
    const pattern = parseFilterPattern(text);
    return { ok: true, match: (message) => matchFilterPattern(pattern, message) };
  } catch (error) {
    if (error instanceof FilterPatternError) return { ok: false, message: error.message };
    throw error;
  }
};
