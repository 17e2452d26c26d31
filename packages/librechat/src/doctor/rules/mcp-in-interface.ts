import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const mcpInInterface: Rule = {
  id: "mcp-in-interface",
  severity: "error",
  why: "`interface.mcpServers` says what users may do; LibreChat silently ignores servers there (https://github.com/danny-avila/LibreChat/issues/9075).",
  *check({ config }) {
    for (const [name, value] of Object.entries(asRecord(asRecord(config["interface"])["mcpServers"]))) {
      const server = asRecord(value);
      if (!("command" in server || "url" in server || "type" in server)) continue;
      yield {
        at: { key: ["interface", "mcpServers", name] },
        message: `The MCP server "${name}" is under \`interface\`, where LibreChat does not look for servers.`,
        fix: "Move it to `mcpServers` at the top level of the file.",
      };
    }
  },
};
