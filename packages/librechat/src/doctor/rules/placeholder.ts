import { asRecord } from "../as-record.ts";
import { pathText, stringValues, type Path } from "../../config/config-path.ts";
import type { Finding, Rule } from "../rule.ts";
import { suggestKey } from "../suggest-key.ts";

const userFields =
  "ID NAME USERNAME EMAIL PROVIDER ROLE GOOGLEID FACEBOOKID OPENIDID SAMLID LDAPID GITHUBID DISCORDID APPLEID EMAILVERIFIED TWOFACTORENABLED TERMSACCEPTED".split(
    " ",
  );
const placeholders = [
  ...userFields.map((field) => `LIBRECHAT_USER_${field}`),
  ...["CONVERSATIONID", "PARENTMESSAGEID", "MESSAGEID"].map((field) => `LIBRECHAT_BODY_${field}`),
];

export const placeholder: Rule = {
  id: "placeholder",
  severity: "error",
  why: "LibreChat replaces only the placeholders that it knows; others are sent unchanged (https://github.com/danny-avila/LibreChat/issues/8400).",
  *check({ config, endpoints }) {
    for (const { path, value } of endpoints) {
      for (const [inner, text] of stringValues(value["headers"]))
        yield* check([...path, "headers", ...inner], text, []);
      yield* unquoted([...path, "headers"], value["headers"]);
    }
    for (const [name, server] of Object.entries(asRecord(config["mcpServers"]))) {
      const { customUserVars, headers, requestHeaders, env, url, requiresOAuth } = asRecord(server);
      const own = Object.keys(asRecord(customUserVars));
      for (const [key, part] of Object.entries({ headers, requestHeaders, env, url })) {
        for (const [inner, text] of stringValues(part)) yield* check(["mcpServers", name, key, ...inner], text, own);
        yield* unquoted(["mcpServers", name, key], part);
      }
      if (requiresOAuth !== true) continue;
      for (const [inner, text] of stringValues(headers)) {
        if (!text.includes("{{LIBRECHAT_BODY_")) continue;
        yield {
          at: { value: ["mcpServers", name, "headers", ...inner] },
          severity: "warning",
          message: "LibreChat connects to this server before there is a conversation, so it cannot fill in the header.",
          fix: "Move it to `requestHeaders` (from v0.8.8), or delete it.",
          why: "Connecting and signing in happen outside a request; the connection fails (https://github.com/danny-avila/LibreChat/issues/16046).",
        };
      }
    }
  },
};

function* check(path: Path, text: string, own: readonly string[]): Generator<Finding> {
  const known = [...placeholders, ...own];
  for (const [whole, name] of text.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)) {
    const isTaken = whole === `{{${name}}}` && (known.includes(name!) || /^LIBRECHAT_(OPENID|GRAPH)_/.test(name!));
    if (isTaken) continue;
    const near = suggestKey(name!, known);
    const isServer = path[0] === "mcpServers";
    yield {
      at: { value: path },
      message: `\`${pathText(path)}\` has ${whole}, which LibreChat does not replace.`,
      fix: near
        ? `Write {{${near}}}.`
        : isServer
          ? `Declare ${name} in \`customUserVars\`, or write \${${name}} for a variable of the server.`
          : `Write \${${name}} for a variable of the server.`,
    };
  }
}

/** `{{NAME}}` without quotes is a mapping for YAML. */
function* unquoted(path: Path, value: unknown): Generator<Finding> {
  for (const [key, inner] of Object.entries(asRecord(value))) {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) continue;
    if (Object.values(inner).every((one) => one === null)) {
      yield {
        at: { value: [...path, key] },
        message: `\`${pathText([...path, key])}\` begins with {, which YAML reads as a mapping.`,
        fix: 'Put it in quotes: "{{NAME}}".',
      };
    }
  }
}
