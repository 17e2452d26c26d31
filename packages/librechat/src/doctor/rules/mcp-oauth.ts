import { isMap, type YAMLMap } from "yaml";
import { insertKeys } from "../../config/insert-entries.ts";
import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const mcpOauth: Rule = {
  id: "mcp-oauth",
  severity: "warning",
  why: "LibreChat first asks a server without the configured headers. If it answers 401 with `www-authenticate: Bearer`, LibreChat waits for an OAuth sign-in and lists no tools (measured on v0.8.7; with `requiresOAuth: false` the tools are there).",
  *check({ config, file }) {
    for (const [name, item] of Object.entries(asRecord(config["mcpServers"]))) {
      const server = asRecord(item);
      const { url, oauth, requiresOAuth, type, startup } = server;
      if (typeof url !== "string" || type === "stdio" || type === "websocket") continue;
      // LibreChat does not ask a server that it does not start.
      if (oauth !== undefined || requiresOAuth !== undefined || startup === false) continue;
      if (!Object.keys(asRecord(server["headers"])).some((header) => header.toLowerCase() === "authorization"))
        continue;
      const node = file.nodeAt(["mcpServers", name]);
      yield {
        at: { key: ["mcpServers", name] },
        message: `The MCP server "${name}" has an Authorization header and no \`requiresOAuth\`: LibreChat may ask for a sign-in instead of sending it.`,
        fix: "Add `requiresOAuth: false`.",
        ...(isMap(node) && !node.anchor
          ? { edits: [insertKeys(file, node as YAMLMap.Parsed, { requiresOAuth: false })] }
          : {}),
      };
    }
  },
};
