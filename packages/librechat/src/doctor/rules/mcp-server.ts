import { closestName } from "@llm-provider/core/internal";
import { asRecord } from "../as-record.ts";
import type { Path } from "../../config/config-path.ts";
import { isMisspelt } from "../suggest-key.ts";
import type { Finding, Rule } from "../rule.ts";

export const mcpServer: Rule = {
  id: "mcp-server",
  severity: "error",
  why: "LibreChat tries stdio, WebSocket, SSE and streamable HTTP in this order: an http URL without `type` is treated as SSE (measured), and a command without `args` fits none of them, so the server exits.",
  *check({ config }) {
    const names = new Map<string, string>();
    for (const [name, server] of Object.entries(asRecord(config["mcpServers"]))) {
      if (typeof server !== "object" || server === null || Array.isArray(server)) continue;
      const path: Path = ["mcpServers", name];
      yield* checkServer(name, asRecord(server), path);
      const plain = name.replaceAll(/[^A-Za-z0-9_.-]/g, "_").toLowerCase();
      const twin = names.get(plain);
      if (twin !== undefined) {
        yield {
          at: { key: path },
          severity: "warning",
          message: `LibreChat uses the same tool names for "${name}" and "${twin}".`,
          fix: "Rename one of them.",
          why: "Tools are called <tool>_mcp_<server>, with characters other than letters, digits, _ . and - replaced (read in v0.8.7, mcp/utils).",
        };
      }
      names.set(plain, name);
    }
  },
};

const transports = ["stdio", "websocket", "sse", "streamable-http", "http"];

/** LibreChat's requirements beyond the types of the keys. */
function* checkOAuth(name: string, oauth: { readonly [key: string]: unknown }, path: Path): Generator<Finding> {
  for (const key of ["authorization_url", "token_url", "redirect_uri", "revocation_endpoint"]) {
    const url = oauth[key];
    if (typeof url !== "string" || /\$\{/.test(url) || URL.canParse(url)) continue;
    yield {
      at: { value: [...path, key] },
      message: `\`${key}\` of the MCP server "${name}" is not a URL.`,
      fix: "Write it as https://host/path.",
    };
  }
  if (oauth["client_secret"] === undefined) return;
  const missing = ["client_id", "authorization_url", "token_url"].filter((key) => oauth[key] === undefined);
  if (missing.length === 0) return;
  yield {
    at: { key: [...path, "client_secret"] },
    message: `\`client_secret\` of the MCP server "${name}" needs ${missing.map((key) => `\`${key}\``).join(" and ")} beside it.`,
    fix: "Add them, or delete `client_secret`.",
    why: "LibreChat's schema refuses a secret without its addresses, and the server exits (read in librechat-data-provider 0.8.524, mcp.ts).",
  };
}

function* checkServer(name: string, server: { readonly [key: string]: unknown }, path: Path): Generator<Finding> {
  const { type, url, command, args } = server;
  if (type !== undefined && !transports.includes(String(type))) {
    const plain = String(type)
      .toLowerCase()
      .replaceAll(/[^a-z]/g, "");
    const near =
      plain.startsWith("streamable") || plain === "https"
        ? "streamable-http"
        : plain === "ws"
          ? "websocket"
          : closestName(String(type), transports);
    yield {
      at: { value: [...path, "type"] },
      message: `The MCP server "${name}" has a \`type\` that LibreChat does not know.`,
      fix: near ? `Write \`type: ${near}\`.` : `Write one of ${transports.join(", ")}.`,
    };
    return;
  }
  yield* checkOAuth(name, asRecord(server["oauth"]), [...path, "oauth"]);
  const isRemote = typeof url === "string";
  const isLocal = typeof command === "string";
  if (!isRemote && !isLocal) {
    if (isMisspelt(server, "url") || isMisspelt(server, "command")) return;
    yield {
      at: { key: path },
      message:
        type === "stdio" || type === undefined
          ? `The MCP server "${name}" has neither \`command\` nor \`url\`.`
          : `The MCP server "${name}" has no \`url\`.`,
      fix: "A local server needs `command` and `args`, a remote one `type` and `url`.",
    };
    return;
  }
  if (isRemote && isLocal) {
    yield {
      at: { key: [...path, "url"] },
      severity: "warning",
      message: `The MCP server "${name}" has \`command\` and \`url\`; LibreChat takes the command and ignores the URL.`,
      fix: "Delete one of them.",
    };
  }
  if (isLocal && type !== undefined && type !== "stdio") {
    yield {
      at: { value: [...path, "type"] },
      message: `The MCP server "${name}" has a \`command\`, but its type is not \`stdio\`.`,
      fix: "Write `type: stdio`.",
    };
  }
  if (isLocal && args === undefined && !isMisspelt(server, "args")) {
    const [program, ...words] = command.trim().split(/\s+/);
    yield {
      at: { key: path },
      message: `The MCP server "${name}" has no \`args\`, which LibreChat requires even if they are empty.`,
      fix: words.length > 0 ? `Write \`command: ${program}\` and \`args: [${words.join(", ")}]\`.` : "Add `args: []`.",
    };
  } else if (isLocal && /\s/.test(command.trim()) && !/^([A-Za-z]:)?[\\/]/.test(command.trim())) {
    yield {
      at: { value: [...path, "command"] },
      message: `The \`command\` of "${name}" is a whole command line; LibreChat looks for a program of that name.`,
      fix: "Put the words after the program into `args`.",
      why: "The command is started without a shell, so a space is part of its name: spawn ENOENT (https://github.com/danny-avila/LibreChat/issues/4876).",
    };
  }
  if (!isRemote || isLocal) return;
  if (type === undefined && /^https?:/i.test(url) && !/\/sse\/?(\?.*)?$/i.test(url)) {
    yield {
      at: { key: path },
      message: `The MCP server "${name}" has no \`type\`, so LibreChat treats it as SSE.`,
      fix: "Add `type: streamable-http`, or `type: sse` if that is what it is.",
    };
  }
  if (type === "stdio") {
    yield {
      at: { value: [...path, "type"] },
      message: `The MCP server "${name}" has a \`url\`, but is \`stdio\`.`,
      fix: "Write `type: streamable-http`.",
    };
  }
  if ((type === "streamable-http" || type === "http" || type === "sse") && /^wss?:/i.test(url)) {
    yield {
      at: { value: [...path, "url"] },
      message: `The MCP server "${name}" is ${type}, but its URL is a WebSocket's.`,
      fix: "Write https://, or `type: websocket`.",
    };
  }
  if (type === "websocket" && /^https?:/i.test(url)) {
    yield {
      at: { value: [...path, "url"] },
      message: `The MCP server "${name}" is a WebSocket, but its URL is ${url.slice(0, url.indexOf(":"))}.`,
      fix: "Write wss://, or `type: streamable-http`.",
    };
  }
  if (!/\$\{|\{\{/.test(url) && !URL.canParse(url)) {
    yield {
      at: { value: [...path, "url"] },
      message: `The \`url\` of the MCP server "${name}" is not a URL.`,
      fix: "Write it as https://host/path.",
    };
  }
}
