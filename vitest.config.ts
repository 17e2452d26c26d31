import { defineConfig } from "vitest/config";

// Tests run from the sources: the `source` condition of every package's exports.
const conditions = ["source", "module", "node", "development|production"];
const report = process.env["VITEST_JSON"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["source"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 20_000,
    ...(report && { reporters: ["default", ["json", { outputFile: report }]] }),
  },
});
