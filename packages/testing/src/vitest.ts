export { describeProvider, type DescribeProviderOptions } from "./describe-provider.ts";
export type { ExpectedFailure } from "./kit/expected-failures.ts";
