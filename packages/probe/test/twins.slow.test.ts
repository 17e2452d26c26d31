import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChatRequest } from "@llm-provider/core";
import { defineProvider } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { decide } from "@llm-provider/core/rules";
import { record, runSuite } from "@llm-provider/testing";
import { expect, test } from "vitest";
import { twinEndpoints } from "./twin-endpoints.ts";
import { probeEndpoint, toDefinition } from "../src/index.ts";
import { parameterSpecs } from "../src/parameter-specs.ts";

const endpoints = await twinEndpoints();
const identity = { id: "acme", name: "Acme", keyEnv: "ACME_API_KEY", day: "2026-11-28" };

test.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
  "every model of the twin of %s is probed correctly, and the resulting definition passes the contract suite",
  { timeout: 300_000 },
  async (_, { definition, start }) => {
    const twin = await start();
    const models = Object.entries(definition.models)
      .filter(([, { retired, features }]) => !retired && !features?.includes("embeddings"))
      .map(([id]) => id);
    for (const model of models) {
      const { report, session } = await probeEndpoint({ baseURL: twin.url, keyEnv: undefined, timeout: 10_000, model });
      expect(report.ok).toBe(true);
      expect(session.accepted).toBeLessThanOrEqual(27);
      expect(report.requests).toBeLessThanOrEqual(64);
      // The report must not call a parameter refused if the definition accepts the first value of the sweep.
      for (const { name, values } of parameterSpecs) {
        const { verdict } = report.parameters[name]!;
        const request = { model, messages: [], [name]: values[0] } as ChatRequest;
        const isRefused = decide(definition, request).some(
          ({ parameter, endpoint }) => parameter === name && typeof endpoint === "object",
        );
        if (verdict === "rejected") expect([model, name, isRefused]).toEqual([model, name, true]);
      }
      const made = toDefinition(report, identity);
      expect(checkDefinition(made)).toEqual([]);
      if (model !== definition.smallModel) continue;
      const cassettes = mkdtempSync(join(tmpdir(), "probe-suite-"));
      try {
        const factory = defineProvider({ ...made, smallModel: made.smallModel as never });
        expect((await record(factory, { cassettes, live: false })).ok).toBe(true);
        const { checks } = await runSuite(factory, { cassettes });
        expect(checks.filter(({ failure }) => failure !== undefined)).toEqual([]);
      } finally {
        rmSync(cassettes, { recursive: true });
      }
    }
    await twin.close();
  },
);
