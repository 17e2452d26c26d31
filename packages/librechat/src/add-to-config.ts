import { isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { Addition } from "./addition.ts";
import { checkUntouched } from "./config/guard-edit.ts";
import { readConfigText, type ConfigText } from "./config/config-text.ts";
import { applyEdits, type Edit } from "./config/edit.ts";
import { fillKey, insertItems, insertKeys } from "./config/insert-entries.ts";
import { mergeMap, type ConfigChange, type Merge } from "./config/merge-value.ts";
import { printBlock } from "./config/print-value.ts";
import type { Path } from "./config/config-path.ts";
import { keysAt } from "./schema/config-schema.ts";
import { suggestKey } from "./doctor/suggest-key.ts";
import { refuseSharedNodes, refuseSharedWay } from "./config/guard-edit.ts";
import type { LibreChatEndpoint } from "./librechat-endpoint.ts";
import { type McpServer, toMcpServersBlock } from "./mcp-server.ts";
import { targets, type Target } from "./target.ts";

export type AddOptions = {
  /** Take our value if the user's differs; without it theirs stays and is reported. */
  replace?: boolean;
  /** The LibreChat release whose `version` a new file gets. */
  target: Target;
};

export type AddResult = { text: string; changes: ConfigChange[] };

/**
 * Adds to or completes a librechat.yaml by splicing text: every byte that is not part of the addition stays as it is.
 * Adding the same twice changes nothing the second time. Throws a sentence if that cannot be done safely.
 */
export function addToConfig(source: string, addition: Addition, { replace = false, target }: AddOptions): AddResult {
  if ("endpoint" in addition)
    return edit(source, addition, replace, (merge) => addEndpoint(merge, addition.endpoint, target));
  const { name, mcpServer } = addition;
  const { mcpSettings } = toMcpServersBlock(name, mcpServer);
  const added = edit(source, addition, replace, (merge) => addMcpServer(merge, name, mcpServer, target));
  if (!mcpSettings || added.changes.some(({ action }) => action === "kept")) return added;
  // Addresses that are there are others' and stay, whatever is replaced.
  const allowed = edit(added.text, addition, false, (merge) => addSettings(merge, mcpSettings));
  return { text: allowed.text, changes: [...added.changes, ...allowed.changes] };
}

function edit(source: string, addition: Addition, replace: boolean, add: (merge: Merge) => void): AddResult {
  const config = readConfigText(source);
  const merge: Merge = { config, replace, edits: [], changes: [] };
  add(merge);
  const text = applyEdits(config.text, merge.edits);
  if (merge.edits.length > 0) checkUntouched(config.text, text, addition);
  return { text: (config.hasMark ? "\uFEFF" : "") + text, changes: merge.changes };
}

function addEndpoint(merge: Merge, endpoint: LibreChatEndpoint, target: Target): void {
  const { config, edits, changes } = merge;
  const added: ConfigChange = { path: endpoint.name, action: "added", value: endpoint };
  if (!config.root) {
    edits.push(newFile(config, { endpoints: { custom: [endpoint] } }, target));
    changes.push(added);
    return;
  }
  const endpoints = mapUnder(merge, config.root, "endpoints", { custom: [endpoint] }, "endpoints");
  if (!endpoints) return void changes.push(added);
  const pair = pairOf(endpoints, "custom");
  if (!pair) {
    refuseSlip(endpoints, "custom", ["endpoints"]);
    edits.push(insertKeys(config, endpoints, { custom: [endpoint] }));
  } else if (isEmpty(pair.value)) edits.push(fillKey(config, endpoints, pair, [endpoint]));
  else if (!isSeq(pair.value)) {
    refuseSharedWay(pair.value, "`endpoints.custom`");
    throw new Error(
      "`endpoints.custom` is not a list. LibreChat and this command refuse such a file: make it a list first.",
    );
  } else {
    const list = pair.value as YAMLSeq.Parsed;
    refuseSharedWay(list, "`endpoints.custom`");
    const item = list.items.find((one) => isMap(one) && isSameName(nameOf(one), endpoint.name));
    if (item) {
      refuseSharedNodes(item, `The endpoint "${nameOf(item)}"`);
      const { name: _, ...rest } = endpoint;
      mergeMap(merge, item as YAMLMap.Parsed, rest, String(nameOf(item)));
      return;
    }
    if (list.items.some((one) => isAlias(one)))
      refuseSharedWay(
        list.items.find((one) => isAlias(one)),
        "`endpoints.custom`",
      );
    edits.push(insertItems(config, list, [endpoint]));
  }
  changes.push(added);
}

function addMcpServer(merge: Merge, name: string, server: McpServer, target: Target): void {
  const { config, edits, changes } = merge;
  const added: ConfigChange = { path: `mcpServers.${name}`, action: "added", value: server };
  if (!config.root) {
    edits.push(newFile(config, { mcpServers: { [name]: server } }, target));
    changes.push(added);
    return;
  }
  const servers = mapUnder(merge, config.root, "mcpServers", { [name]: server }, "mcpServers");
  if (!servers) return void changes.push(added);
  const pair = pairOf(servers, name);
  if (pair) {
    refuseSharedNodes(pair.value, `The MCP server "${name}"`);
    if (!isMap(pair.value) && !isEmpty(pair.value)) throw new Error(`\`mcpServers.${name}\` is not a mapping of keys.`);
    // Half of a server that LibreChat starts and half of one that it reaches would be neither.
    const isOther = isMap(pair.value) && pair.value.has("url" in server ? "command" : "url");
    if (isOther && !merge.replace) {
      changes.push({ path: `mcpServers.${name}`, action: "kept", value: (pair.value as YAMLMap.Parsed).toJSON() });
      return;
    }
  }
  mergeMap(merge, servers, { [name]: server }, "mcpServers");
}

function addSettings(merge: Merge, settings: { readonly allowedAddresses: readonly string[] }): void {
  const { changes } = merge;
  const map = mapUnder(merge, merge.config.root!, "mcpSettings", settings, "mcpSettings");
  if (map) return mergeMap(merge, map, settings, "mcpSettings");
  changes.push({ path: "mcpSettings.allowedAddresses", action: "added", value: settings.allowedAddresses });
}

/** The mapping under a key of the root; if there is none yet, writes `fresh` there and returns undefined. */
function mapUnder(
  { config, edits }: Merge,
  root: YAMLMap.Parsed,
  key: string,
  fresh: { readonly [key: string]: unknown },
  what: string,
): YAMLMap.Parsed | undefined {
  const pair = pairOf(root, key);
  if (!pair) {
    refuseSlip(root, key, []);
    edits.push(insertKeys(config, root, { [key]: fresh }));
    return undefined;
  }
  refuseSharedWay(pair.value, `\`${what}\``);
  if (isEmpty(pair.value)) {
    edits.push(fillKey(config, root, pair, fresh));
    return undefined;
  }
  if (!isMap(pair.value))
    throw new Error(
      `\`${what}\` is not a mapping of keys. LibreChat and this command refuse such a file: make it a mapping first.`,
    );
  const map = pair.value as YAMLMap.Parsed;
  if (pairOf(map, "<<"))
    throw new Error(
      `\`${what}\` uses a merge key (<<): an edit would change more than this place. Write that part out, then run this again.`,
    );
  return map;
}

/** Beside a misspelt key, the right one would hide the values under the wrong one, and LibreChat would not start. */
function refuseSlip(map: YAMLMap.Parsed, key: string, path: Path): void {
  const known = keysAt(path);
  const slip = map.items
    .map((item) => (isScalar(item.key) ? String(item.key.value) : ""))
    .find((name) => !known.includes(name) && suggestKey(name, [key]) === key);
  if (slip !== undefined)
    throw new Error(
      `\`${slip}\` seems to be \`${key}\`, misspelt. \`llm-provider librechat doctor --fix\` puts it right; then run this again.`,
    );
}

function newFile({ text, newline }: ConfigText, content: object, target: Target): Edit {
  const lines = printBlock({ version: targets[target].configVersion, cache: true, ...content });
  const lead = text === "" || text.endsWith("\n") ? "" : newline;
  return { start: text.length, end: text.length, text: lead + lines.join(newline) + newline };
}

function isEmpty(node: unknown): boolean {
  if (node === null || node === undefined || (isScalar(node) && node.value === null)) return true;
  return (isSeq(node) || isMap(node)) && node.items.length === 0;
}

function pairOf(map: YAMLMap.Parsed, key: string): Pair | undefined {
  return map.items.find((item) => isScalar(item.key) && item.key.value === key) as Pair | undefined;
}

function nameOf(item: unknown): unknown {
  return isMap(item) ? item.get("name") : undefined;
}

/** LibreChat distinguishes `groq` from `Groq`; a person who adds Groq to a file that has `groq` means that one. */
function isSameName(theirs: unknown, ours: string): boolean {
  return typeof theirs === "string" && theirs.trim().toLowerCase() === ours.toLowerCase();
}
