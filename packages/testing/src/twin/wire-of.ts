import type { Definition } from "@llm-provider/core";
import { openaiWire } from "./openai-wire.ts";
import type { Wire } from "./wire.ts";

/** The wire that was given, or the one that is here. */
export function wireOf({ name, dialect, id }: Definition, wire: Wire | undefined): Wire {
  const found = wire ?? openaiWire;
  if (found.name === dialect.name) return found;
  throw new TypeError(
    `${name} speaks the dialect "${dialect.name}", and ${wire ? `the wire that was given writes "${wire.name}"` : 'only "openai" is built in'}. ` +
      `Pass the wire of its package as \`wire\`, such as the one that "@llm-provider/${id}/twin" exports.`,
  );
}
