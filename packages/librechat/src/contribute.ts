// An entry of its own: who exports or checks a configuration does not load it.
export { contribute, type ContributeOptions, type Contribution } from "./contribute/contribute.ts";
export type { GuidePlan } from "./contribute/plan-guide.ts";
export { type Target, targets } from "./target.ts";
