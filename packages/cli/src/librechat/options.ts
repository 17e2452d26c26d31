import { defaultTarget, targets, type EndpointOptions, type Target } from "@llm-provider/librechat";
import { usageError } from "@llm-provider/testing/command";
import { Option, type Command } from "commander";

/** Value of the option that `addTargetOption` adds. */
export interface TargetChoice {
  readonly target: Target;
}

/** Values of the options that `addEndpointOptions` adds. */
export interface EndpointChoice extends TargetChoice {
  readonly keys: NonNullable<EndpointOptions["keys"]>;
}

/** The option of every command that reads or writes a librechat.yaml. */
export function addTargetOption(command: Command): Command {
  const versions = Object.keys(targets).join(" or ");
  const option = new Option("-t, --target <version>", `The LibreChat that reads the file: ${versions}`);
  return command.addOption(option.default(defaultTarget).argParser(readTarget));
}

/** The options of every command that makes an endpoint. */
export function addEndpointOptions(command: Command): Command {
  const keys = new Option("--keys <env|user>", "Whose key: LibreChat's, from its .env, or each user's own");
  return addTargetOption(command).addOption(keys.default("env").argParser(readKeys));
}

function readTarget(text: string): Target {
  if (Object.hasOwn(targets, text)) return text as Target;
  throw usageError(`There is no target \`${text}\`. Choose one of: ${Object.keys(targets).join(", ")}.`);
}

function readKeys(text: string): EndpointChoice["keys"] {
  if (text === "env" || text === "user") return text;
  throw usageError(`\`--keys\` takes env or user, not "${text}": LibreChat's own key, or each user's.`);
}
