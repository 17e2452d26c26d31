export { describeProvider, type DescribeProviderOptions } from "./describe-provider.ts";
export { describeTool, type DescribeToolOptions } from "./describe-tool.ts";
export type { ExpectedFailure } from "./kit/expected-failures.ts";
