import { defineProvider } from "@llm-provider/core";
import { record, recordTool, type RecordReport } from "@llm-provider/testing";
// The twin of a tool is a file of the template without a variable, so that it can be asked before it is written.
import { scenarios } from "../../../templates/tool/shared/test/scenarios.ts";
import { twin } from "../../../templates/tool/shared/test/twin.ts";
import type { TemplateContext } from "./template-context.ts";
import { toDefinition } from "./to-definition.ts";
import { toTool } from "./to-tool.ts";

/** Records the package's cassettes against its own twin. No key is read, and no request leaves this machine. */
export async function recordCassettes(context: TemplateContext, folder: string): Promise<void> {
  const { recorded } = await (context.isTool ? recordOfTool(context, folder) : recordOfProvider(context, folder));
  const failed = recorded.find(({ outcome }) => outcome === "failed");
  if (failed)
    throw new Error(
      `The cassette ${failed.scenario} could not be recorded: ${"reason" in failed ? failed.reason : ""}`,
    );
}

function recordOfProvider(context: TemplateContext, cassettes: string): Promise<RecordReport> {
  return record(defineProvider(toDefinition(context)), { cassettes, live: false });
}

function recordOfTool(context: TemplateContext, cassettes: string): Promise<RecordReport> {
  return recordTool(toTool(context), { cassettes, scenarios, twin });
}
