import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const mcpTimeout: Rule = {
  id: "mcp-timeout",
  severity: "warning",
  why: "LibreChat counts these in milliseconds (https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/mcp_servers, read 2026-11-22): hardly any server starts or answers in less than a second (https://github.com/danny-avila/LibreChat/pull/6383).",
  *check({ config }) {
    for (const [name, server] of Object.entries(asRecord(config["mcpServers"]))) {
      for (const key of ["timeout", "initTimeout"]) {
        const value = asRecord(server)[key];
        if (typeof value !== "number" || value <= 0 || value >= 1000) continue;
        yield {
          at: { value: ["mcpServers", name, key] },
          message: `The \`${key}\` of the MCP server "${name}" is ${value} milliseconds.`,
          fix: `Write ${value * 1000} for ${value} ${value === 1 ? "second" : "seconds"}.`,
        };
      }
    }
  },
};
