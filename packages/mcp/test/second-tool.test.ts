import { readFileSync } from "node:fs";
import { serveTools } from "@llm-provider/mcp";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, test } from "vitest";
import { textOf } from "./expect-served.ts";
import { rates } from "./second-tool.ts";

const answers: { [base: string]: Response } = {
  EUR: Response.json({ base: "EUR", date: "2026-11-20", rates: { USD: 1.1, CHF: 0.9 } }),
  XXX: new Response("not found", { status: 404 }),
};

test("a second tool takes less than 60 lines, and a client can call it", async () => {
  const source = readFileSync(new URL("./second-tool.ts", import.meta.url), "utf8");
  expect(source.trimEnd().split("\n").length).toBeLessThan(60);

  const tool = rates({ fetch: async (url) => answers[new URL(url).searchParams.get("base") ?? ""]! });
  const server = await serveTools([tool], { http: {} });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url!)));
  const call = async (input: Record<string, unknown>) =>
    textOf(await client.callTool({ name: "exchange_rates", arguments: input }));

  expect(await call({ base: "EUR", in: ["USD", "CHF"] })).toBe("1 EUR on 2026-11-20:\n- 1.1 USD\n- 0.9 CHF");
  expect(await call({ base: "XXX", in: ["USD"] })).toMatch(/^The rates of XXX are not available \(HTTP 404\)\. Check/);
  expect(await call({ base: "euro", in: [] })).toMatch(/base: three capital letters are needed: EUR; in: /);
  await client.close();
  await server.close();
});
