import { Document, isCollection, isMap, isNode, isPair, isScalar, Scalar, visit } from "yaml";

/**
 * A value of ours as YAML in block style, one line an entry; the lines are not indented and end without a newline.
 * `commentOf` gives the comment above an entry.
 */
export function printBlock(
  value: unknown,
  commentOf?: (path: readonly (string | number)[]) => string | undefined,
): string[] {
  const document = new Document(value);
  if (commentOf) addComments(document.contents, [], commentOf);
  visit(document, {
    Pair(_, pair) {
      // Rates of a model read better on one line.
      if (isMap(pair.value) && pair.value.items.length > 0 && pair.value.items.every(isPlainNumber))
        pair.value.flow = true;
    },
    Scalar(key, node) {
      if (key !== "key" && typeof node.value === "string" && /[${}]|:\/\//.test(node.value))
        node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 }).trimEnd().split("\n");
}

/** A value of ours on one line, for a place inside brackets. */
export function printFlow(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Collection(_, node) {
      node.flow = true;
    },
    Scalar(key, node) {
      if (key !== "key" && typeof node.value === "string") node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true }).trim().replace(/\n\s*/g, " ");
}

function addComments(
  node: unknown,
  path: readonly (string | number)[],
  commentOf: (path: readonly (string | number)[]) => string | undefined,
): void {
  if (!isCollection(node)) return;
  for (const [index, item] of node.items.entries()) {
    const step = isPair(item) ? String((item.key as Scalar).value) : index;
    const target = isPair(item) ? item.key : item;
    const comment = commentOf([...path, step]);
    if (comment && isNode(target)) target.commentBefore = comment;
    addComments(isPair(item) ? item.value : item, [...path, step], commentOf);
  }
}

function isPlainNumber(item: unknown): boolean {
  return isPair(item) && isScalar(item.value) && typeof item.value.value === "number";
}
