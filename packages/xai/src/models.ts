// `features` is a guess until you have read the endpoint's pages: take out what a model cannot do; add images, schema or
// reasoning where it can. The contract tests follow it. What else is known goes beside it: context, maxOutput, price, retired.
export const models = {
  "grok-4.3": {
    features: ["tools", "json"],
    source: "docs",
  },
  "grok-4.6": {
    features: ["tools", "json"],
    source: "docs",
  },
} as const;
