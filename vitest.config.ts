import { defineConfig } from "vitest/config";

// Tests run from the sources: the `source` condition of every package's exports.
const conditions = ["source", "module", "node", "development|production"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["source"] } },
  test: { include: ["packages/*/test/**/*.test.ts"], testTimeout: 20_000 },
});
