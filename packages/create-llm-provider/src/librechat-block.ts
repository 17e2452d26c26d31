import { defaultTarget, printEndpoint, printMcpServer, toEndpoint, toMcpServer } from "@llm-provider/librechat";
import type { TemplateContext } from "./template-context.ts";
import { toDefinition } from "./to-definition.ts";

/** What goes into librechat.yaml, as text; empty where LibreChat does not speak the wire format. */
export function libreChatBlock(context: Omit<TemplateContext, "libreChat">): string {
  const { id, env, packageName, isTool, customDialect } = context;
  if (isTool) {
    const auth = env ? ({ env } as const) : "none";
    return printMcpServer(id, toMcpServer({ auth }, { command: "npx", args: ["-y", packageName] })).trimEnd();
  }
  if (customDialect) return "";
  return printEndpoint(toEndpoint(toDefinition(context), { target: defaultTarget, keys: "env" })).trimEnd();
}
