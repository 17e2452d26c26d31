/** A supported LibreChat release. */
export type Target = "0.8.7" | "0.8.8";

/** The differences between the releases that matter for an endpoint. */
export type TargetFacts = {
  /** `version` at the top of librechat.yaml. LibreChat only logs a newer or older one. */
  readonly configVersion: string;
  /**
   * The `streamRate` (milliseconds between pieces of text) that slows a stream down least. The default is 25 in engine
   * 3.9, which v0.8.8 runs. v0.8.7 does not read 0.
   */
  readonly unpacedStreamRate: number;
};

export const targets: { readonly [target in Target]: TargetFacts } = {
  "0.8.7": { configVersion: "1.3.13", unpacedStreamRate: 1 },
  "0.8.8": { configVersion: "1.3.17", unpacedStreamRate: 0 },
};

/** The default release. */
export const defaultTarget: Target = "0.8.8";
