import { defineConfig } from "vitest/config";

// Tests run from the sources: the `source` condition of every package's exports.
const conditions = ["source", "module", "node", "development|production"];
const report = process.env["VITEST_JSON"];
// Tests that start many programs, or the whole tool chain, have a run of their own: `pnpm test:slow`, and in CI.
const slow = "**/*.slow.test.ts";
const isSlowRun = process.env["SLOW_TESTS"] === "1";

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["source"] } },
  // Packages from elsewhere name source maps that they do not ship.
  logLevel: "error",
  test: {
    // eventsource-parser has a `source` condition of its own, and Node runs no TypeScript from node_modules.
    server: { deps: { inline: [/@modelcontextprotocol/, /eventsource-parser/, /@ai-sdk/, /node_modules\/ai\//] } },
    include: isSlowRun
      ? [`packages/${slow}`, `examples/${slow}`, `test/${slow}`]
      : ["packages/*/test/**/*.test.ts", "examples/*/test/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", ...(isSlowRun ? [] : [slow])],
    testTimeout: 20_000,
    // One core less is the default, which on two cores halves the speed.
    maxWorkers: "100%",
    // Twice as fast: modules are loaded once. Every test leaves timers, variables and the network as it found them.
    isolate: isSlowRun,
    ...(report && { reporters: ["default", ["json", { outputFile: report }]] }),
  },
});
