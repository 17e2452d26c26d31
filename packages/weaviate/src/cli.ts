import { errorSentence } from "@llm-provider/core/internal";
import { runCommand } from "./cli/run-command.ts";

try {
  await runCommand(process.argv.slice(2));
} catch (error) {
  console.error(errorSentence(error));
  process.exitCode = 1;
}
