import { asRecord } from "../as-record.ts";
import { expandVariables } from "../endpoint-view.ts";
import { privateAddress } from "../../mcp-server.ts";
import type { Finding, Rule } from "../rule.ts";

export const mcpHost: Rule = {
  id: "mcp-host",
  severity: "error",
  why: "LibreChat refuses MCP servers on private hosts unless a list allows them, and with `allowedDomains` refuses every host that is not on that list (https://github.com/danny-avila/LibreChat/issues/14094, https://github.com/danny-avila/LibreChat/issues/11387).",
  *check({ config, environment }) {
    const settings = asRecord(config["mcpSettings"]);
    const domains = texts(settings["allowedDomains"]);
    const addresses = texts(settings["allowedAddresses"]);
    for (const [index, domain] of domains.entries()) {
      if (!/\*/.test(domain.replace(/^(?:\w+:\/\/)?\*\./, ""))) continue;
      yield {
        at: { value: ["mcpSettings", "allowedDomains", index] },
        severity: "warning",
        message: `"${domain}" matches no host: LibreChat knows * only as the first part of a name.`,
        fix: "Write each host, or *.example.com.",
        why: "A pattern in an address is compared as text (https://github.com/danny-avila/LibreChat/issues/11387).",
      };
    }
    for (const [name, server] of Object.entries(asRecord(config["mcpServers"]))) {
      const { url: written } = asRecord(server);
      const text = typeof written === "string" ? expandVariables(written.trim(), environment ?? {}) : "";
      if (!URL.canParse(text) || /\{\{/.test(text)) continue;
      const finding = check(name, new URL(text), domains, addresses);
      if (finding) yield { at: { value: ["mcpServers", name, "url"] }, ...finding };
    }
  },
};

function check(
  name: string,
  url: URL,
  domains: readonly string[],
  addresses: readonly string[],
): Omit<Finding, "at"> | undefined {
  if (domains.length > 0) {
    if (domains.some((domain) => allows(domain, url))) return undefined;
    return {
      message: `The MCP server "${name}" is at ${url.host}, which \`mcpSettings.allowedDomains\` does not allow.`,
      fix: `Add '${url.hostname}' to \`allowedDomains\`.`,
    };
  }
  const wanted = privateAddress(url);
  if (wanted === undefined || addresses.some((address) => address.trim().toLowerCase() === wanted)) return undefined;
  return {
    message: `The MCP server "${name}" is on a private host, which LibreChat does not connect to.`,
    fix: `Add '${wanted}' to \`mcpSettings.allowedAddresses\`.`,
  };
}

/** LibreChat's comparison: a name or `*.name`, each with a scheme and a port if they are written. */
function allows(domain: string, url: URL): boolean {
  const match = /^(?:(\w+):\/\/)?(\*\.)?([^/:]+|\[[^\]]+\])(?::(\d+))?/.exec(domain.trim().toLowerCase());
  if (!match) return false;
  const [, scheme, wildcard, host, port] = match;
  const name = url.hostname.replace(/^www\./, "");
  const plain = host!.replace(/^www\./, "");
  const isHost = name === plain || (wildcard !== undefined && name.endsWith(`.${plain}`));
  return isHost && (!scheme || `${scheme}:` === url.protocol) && (!port || port === url.port);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
