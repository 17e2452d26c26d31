import { checkDefinition, checkToolDefinition, type Problem } from "@llm-provider/core/check";
import type { Check, CheckedKit } from "./check.ts";
import { failure } from "./expect.ts";

/** The first check of a provider: its definition, before the client is used. */
export const definitionCheck: Check<CheckedKit> = toCheck("definition-is-sound", checkDefinition);

/** The first check of a tool. */
export const toolDefinitionCheck: Check<CheckedKit> = toCheck("tool-definition-is-sound", checkToolDefinition);

function toCheck(name: string, find: (definition: unknown) => Problem[]): Check<CheckedKit> {
  return {
    name,
    by: "requests",
    title: "every field of the definition has a valid form, and no two fields contradict each other",
    run({ definition }) {
      const problems = find(definition);
      if (problems.length === 0) return;
      const sentences = problems.map(({ path, message }) => (path === "" ? message : `\`${path}\`: ${message}`));
      throw failure({ expected: "no mistake in the definition", got: problems, sentences });
    },
  };
}

/** Without these no other check has a meaning, and another check might print a key that was pasted into `auth.env`. */
const needed = /^(?:models|smallModel|(?:baseURL|auth|dialect|input|execute|toText)(?:\..*)?)$/;

/** Can the other checks run? With an impossible header or address, all of them would fail in the same way. */
export function isUsable(check: Check<CheckedKit>, definition: object): boolean {
  const find = check === toolDefinitionCheck ? checkToolDefinition : checkDefinition;
  return !find(definition).some(({ path }) => needed.test(path));
}
