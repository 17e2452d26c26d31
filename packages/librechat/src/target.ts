/** A LibreChat release that we write for. */
export type Target = "0.8.7" | "0.8.8";

/** What differs between the releases, as far as an endpoint is concerned. */
export type TargetFacts = {
  /** `version` at the top of librechat.yaml: newer than the server's own is only logged, older too. */
  readonly configVersion: string;
  /**
   * The `streamRate` (milliseconds between pieces of text) that slows a stream down least. Unset means 25 in engine
   * 3.9, which v0.8.8 runs. v0.8.7 does not read 0.
   */
  readonly unpacedStreamRate: number;
};

export const targets: { readonly [target in Target]: TargetFacts } = {
  "0.8.7": { configVersion: "1.3.13", unpacedStreamRate: 1 },
  "0.8.8": { configVersion: "1.3.17", unpacedStreamRate: 0 },
};

/** The release that is written for when none is named. */
export const defaultTarget: Target = "0.8.8";
