import { maskKeys } from "@llm-provider/core/internal";
import { isScalar, visit } from "yaml";
import { stringValues, type Path } from "./config/config-path.ts";
import { applyEdits, type Edit } from "./config/edit.ts";
import { readConfigFile } from "./doctor/config-file.ts";
import { isHeaderPlace, isKeyPlace, isReference } from "./doctor/secret-place.ts";

/** A text about a librechat.yaml with every key and header value that is in the file replaced, for showing it to somebody. */
export function maskSecrets(text: string, source: string): string {
  return createMask(readConfigFile(source).value)(text);
}

/** As `maskSecrets`, for a file that is read already. */
export function createMask(config: unknown): (text: string) => string {
  const secrets = [...stringValues(config)]
    .filter(([path, value]) => isHidden(path, value) && value.length >= 8)
    .flatMap(([, value]) => [value, value.replace(/^(Bearer|Basic|Token)\s+/i, "")])
    .sort((a, b) => b.length - a.length);
  return (text) => maskKeys(secrets.reduce((masked, secret) => masked.replaceAll(secret, "[key]"), maskUrls(text)));
}

/**
 * A librechat.yaml with the same lines, in which no key, no value of a header and no user or password of a URL is left:
 * for a diff. Comments lose what looks like a key.
 */
export function hideSecrets(source: string): string {
  const { document, text } = readConfigFile(source);
  const edits: Edit[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === "key" || typeof node.value !== "string" || !node.range) return;
      const path = pathOf([...ancestors, node]);
      if (!isHidden(path, node.value)) return;
      const [start, end] = node.range;
      const lines = text.slice(start, end).split("\n").length - 1;
      // As many lines as before, so that the numbers of a diff stay true.
      edits.push({ start, end, text: `"[hidden]"${"\n".repeat(lines)}` });
    },
  });
  return maskKeys(maskUrls(applyEdits(text, edits)));
}

function isHidden(path: Path, value: string): boolean {
  return (isKeyPlace(path) || isHeaderPlace(path) || isServerVariable(path)) && !isReference(value);
}

/** A variable that LibreChat sets for an MCP server. */
function isServerVariable(path: Path): boolean {
  return path[0] === "mcpServers" && path[2] === "env";
}

function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, index): (string | number)[] => {
    const { key } = (node ?? {}) as { key?: unknown };
    if (key !== undefined && isScalar(key)) return [String(key.value)];
    const parent = nodes[index - 1] as { items?: unknown[] } | undefined;
    const place = parent?.items?.indexOf(node) ?? -1;
    const isItem = place >= 0 && (node as { key?: unknown }).key === undefined;
    return isItem ? [place] : [];
  });
}

/** User, password and the values of a query, in every URL of a text. */
function maskUrls(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>{}]{1,512}@/gi, "$1[hidden]@")
    .replace(
      /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>?]{1,1024}\?)([^\s"'<>]{1,1024})/gi,
      (_, url: string, query: string) => `${url}${query.replaceAll(/=(?!\$\{|\{\{)[^&#]*/g, "=[hidden]")}`,
    );
}
