import { defineProvider, defineTool, type ToolFactory } from "@llm-provider/core";
import { recordCassettes as recordProbed } from "@llm-provider/probe";
import { record, recordTool } from "@llm-provider/testing";
import * as z from "zod";
// The twins of tools are template files without variables, so that they can answer before they are written.
import { twin as getTwin } from "../../../../templates/tool/get/test/twin.ts";
import { twin as postTwin } from "../../../../templates/tool/post/test/twin.ts";
import { scenarios } from "../../../../templates/tool/shared/test/scenarios.ts";
import type { TemplateContext } from "../context/template-context.ts";

/**
 * Records the package's cassettes: from its own twin, without a key and without a request that leaves this machine; for a
 * probed package, from its endpoint.
 */
export async function recordCassettes(context: TemplateContext, cassettes: string): Promise<void> {
  const { definition, isPost, measured } = context;
  if (measured) return void (await recordProbed(measured.report, measured.identity, cassettes, measured.origin));
  const { recorded } = definition
    ? await record(defineProvider(definition), { cassettes, live: false })
    : await recordTool(toTool(context), { cassettes, scenarios, twin: isPost ? postTwin : getTwin });
  const failed = recorded.find(({ outcome }) => outcome === "failed");
  if (failed)
    throw new Error(
      `The cassette ${failed.scenario} could not be recorded: ${"reason" in failed ? failed.reason : ""}`,
    );
}

const input = z.object({ query: z.string(), limit: z.int().default(5) });

/**
 * A tool that sends what the generated `src/<id>.ts` sends: the cassettes are recorded before there is a compiler or an
 * install. It only reads the answer to its end; the contract tests of the generated tool compare the requests.
 */
function toTool(context: TemplateContext): ToolFactory<z.infer<typeof input>, string> {
  const { id, toolName, docs, env, isPost } = context;
  return defineTool({
    id,
    name: toolName,
    description: context.name,
    docs,
    baseURL: context.baseURL,
    input,
    auth: env ? { env, page: docs } : "none",
    async execute({ query, limit }, { fetch, baseURL, apiKey }) {
      const headers = new Headers({ accept: "application/json" });
      if (apiKey !== undefined) headers.set("authorization", `Bearer ${apiKey}`);
      if (isPost) headers.set("content-type", "application/json");
      const body = JSON.stringify({ q: query, limit });
      const parameters = new URLSearchParams({ q: query, limit: String(limit) });
      const sent = isPost
        ? fetch(`${baseURL}/search`, { method: "POST", headers, body })
        : fetch(`${baseURL}/search?${parameters}`, { headers });
      return (await sent).text();
    },
    toText: (text) => text,
  });
}
