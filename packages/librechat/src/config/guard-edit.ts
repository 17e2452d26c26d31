import { parse, isAlias, isNode, isScalar, visit, type Node } from "yaml";
import type { Addition } from "../addition.ts";
import { toMcpServersBlock } from "../mcp-server.ts";
import { isSameValue } from "./is-same-value.ts";

type Values = { [key: string]: unknown };

/** Reads the edited text again and compares: only the place of the addition may have changed. */
export function checkUntouched(before: string, after: string, addition: Addition): void {
  const options = { merge: true, logLevel: "silent" } as const;
  const [old, edited] = [before, after].map((text) => rest((parse(text, options) ?? {}) as Values, addition));
  if (isSameValue({ version: edited!["version"], cache: edited!["cache"], ...old }, edited)) return;
  throw new Error(
    "The edit would have changed more than its own place, so nothing was written. Please report this with the file.",
  );
}

/** Everything but the place of the addition. */
function rest(value: Values, addition: Addition): Values {
  const { endpoints, mcpServers, ...others } = value;
  if ("mcpServer" in addition) {
    const { [addition.name]: _, ...servers } = (mcpServers ?? {}) as Values;
    return { ...others, endpoints, mcpServers: servers, mcpSettings: otherSettings(others["mcpSettings"], addition) };
  }
  const { custom, ...kinds } = (endpoints ?? {}) as Values;
  const name = addition.endpoint.name.toLowerCase();
  const items = ((custom ?? []) as Values[]).filter((item) => String(item?.["name"]).trim().toLowerCase() !== name);
  return { ...others, mcpServers, endpoints: kinds, custom: items };
}

/** The settings without the address of the server that is added; undefined where nothing else is there. */
function otherSettings(settings: unknown, { name, mcpServer }: Extract<Addition, { name: string }>): unknown {
  const ours = toMcpServersBlock(name, mcpServer).mcpSettings?.allowedAddresses ?? [];
  const { allowedAddresses, ...others } = (settings ?? {}) as Values;
  const left = Array.isArray(allowedAddresses) ? allowedAddresses.filter((one) => !ours.includes(one)) : [];
  return Object.keys(others).length + left.length === 0 ? undefined : { ...others, allowedAddresses: left };
}

/**
 * Throws if a node, or a part of it, is shared: an alias, a merge key, an anchor. An edit there would change other
 * places too, or have no effect.
 */
export function refuseSharedNodes(node: unknown, what: string): void {
  if (!isNode(node)) return;
  visit(node, {
    Pair(_, { key }) {
      if (isScalar(key) && key.value === "<<") refuse(what, "a merge key (<<)");
    },
    Node(_, inner) {
      if (isAlias(inner)) refuse(what, `an alias (*${inner.source})`);
      if (inner.anchor) refuse(what, `an anchor (&${inner.anchor})`);
    },
  });
}

/** Throws if a node on the path to the place of an edit is shared. */
export function refuseSharedWay(node: unknown, what: string): void {
  if (isAlias(node)) refuse(what, `an alias (*${node.source})`);
  if (isNode(node) && (node as Node & { anchor?: string }).anchor)
    refuse(what, `an anchor (&${(node as { anchor?: string }).anchor})`);
}

function refuse(what: string, sharer: string): never {
  throw new Error(
    `${what} uses ${sharer}: an edit would change more than this place. Write that part out, then run this again.`,
  );
}
