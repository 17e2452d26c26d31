export { contribute, type ContributeOptions, type Contribution } from "./contribute.ts";
export { holdsSecret, secretsOf } from "./find-secret.ts";
export type { GuidePlan } from "./plan-guide.ts";
