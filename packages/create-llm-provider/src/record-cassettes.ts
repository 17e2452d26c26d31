import { defineProvider } from "@llm-provider/core";
import { openaiWire, record } from "@llm-provider/testing";
import type { TemplateContext } from "./template-context.ts";
import { toDefinition } from "./to-definition.ts";

/** Records the package's cassettes against its own twin. No key is read, and no request leaves this machine. */
export async function recordCassettes(context: TemplateContext, folder: string): Promise<void> {
  const { recorded } = await record(defineProvider(toDefinition(context)), {
    cassettes: folder,
    live: false,
    wire: context.customDialect ? { ...openaiWire, name: context.id } : undefined,
  });
  const failed = recorded.find(({ outcome }) => outcome === "failed");
  if (failed)
    throw new Error(
      `The cassette ${failed.scenario} could not be recorded: ${"reason" in failed ? failed.reason : ""}`,
    );
}
