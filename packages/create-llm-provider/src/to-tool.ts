import { defineTool, type ToolFactory } from "@llm-provider/core";
import * as z from "zod";
import type { TemplateContext } from "./template-context.ts";

const input = z.object({ query: z.string(), limit: z.int().default(5) });

/**
 * A tool that asks what the generated `src/<id>.ts` asks: the cassettes are recorded before there is a compiler or an
 * install. What it makes of the answer does not matter here, but it reads it to its end. The contract tests of the generated tool compare the requests.
 */
export function toTool(context: TemplateContext): ToolFactory<z.infer<typeof input>, string> {
  const { id, toolName, docs, env } = context;
  return defineTool({
    id,
    name: toolName,
    description: context.name,
    docs,
    baseURL: context.baseURL,
    input,
    auth: env ? { env, page: docs } : "none",
    async execute({ query, limit }, { fetch, baseURL }) {
      const parameters = new URLSearchParams({ q: query, limit: String(limit) });
      return (await fetch(`${baseURL}/search?${parameters}`)).text();
    },
    toText: (text) => text,
  });
}
