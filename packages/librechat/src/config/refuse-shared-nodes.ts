import { isAlias, isNode, isScalar, visit, type Node } from "yaml";

/**
 * Throws where a node, or something in it, is shared: an alias, a merge key, an anchor. An edit there would change other
 * places too, or not be seen.
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

/** Throws where a node on the way to the place of an edit is shared. */
export function refuseSharedWay(node: unknown, what: string): void {
  if (isAlias(node)) refuse(what, `an alias (*${node.source})`);
  if (isNode(node) && (node as Node & { anchor?: string }).anchor)
    refuse(what, `an anchor (&${(node as { anchor?: string }).anchor})`);
}

function refuse(what: string, sharer: string): never {
  throw new Error(
    `${what} uses ${sharer}: an edit would reach further than it shows. Write that part out, then run this again.`,
  );
}
