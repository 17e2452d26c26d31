import { closestName, describeIssues, offsetIn } from "@llm-provider/core/internal";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { configSchema } from "./config-schema.ts";
import { expandVariables } from "./expand-variables.ts";
import type { ConfigProblem, ReadConfig } from "./config.ts";

/** Parses a `gateway.yaml`. It reports every mistake, not only the first. */
export function parseConfig(text: string, env: Readonly<Record<string, string | undefined>>): ReadConfig {
  const lines = new LineCounter();
  const at = (offset: number): Pick<ConfigProblem, "line" | "column"> => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  let locate: ReadConfig["locate"] = () => at(0);
  const failed = (problems: ConfigProblem[]): ReadConfig => ({
    problems: problems.sort((one, other) => one.line - other.line || one.column - other.column),
    locate,
    variableAt: () => undefined,
  });

  let value: unknown;
  let expanded: ReturnType<typeof expandVariables>;
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    if (document.errors.length > 0)
      return failed(
        document.errors.map(({ message, pos }) => ({ ...at(pos[0]), message: message.replace(/\.?$/, ".") })),
      );
    locate = (path) => at(offsetIn(document, path));
    const raw: unknown = document.toJS({ maxAliasCount: 100 });
    if (typeof raw !== "object" || raw === null || Array.isArray(raw))
      return failed([{ line: 1, column: 1, message: "A configuration consists of keys. Begin with `version: 1`." }]);
    expanded = expandVariables(raw, env);
    ({ value } = expanded);
  } catch (error) {
    // Extreme nesting or alias expansion, which no person writes.
    return failed([{ line: 1, column: 1, message: `The file cannot be read: ${(error as Error).message}.` }]);
  }

  const { unset, names } = expanded;
  const checked = configSchema.safeParse(value);
  const problems = [
    ...unset.map(({ path, message }) => ({ ...locate(path), message })),
    // A value whose variable is not set is reported only once.
    ...describeIssues(
      (checked.error?.issues ?? []).filter(
        (issue) => !unset.some(({ path }) => path.join("\n") === issue.path.join("\n")),
      ),
      { value, schema: z.toJSONSchema(configSchema, { io: "input" }), whole: "the configuration" },
    ).map(({ path, message }) => ({ ...locate(path), message })),
  ];
  const config = checked.data;
  problems.push(...checkNames(value as RawNames, locate));
  return problems.length > 0 || !config
    ? failed(problems)
    : { config, problems: [], locate, variableAt: (path) => names.get(path.join("\n")) };
}

/** The parts of a configuration that refer to each other. They may be invalid. */
type RawNames = { readonly clients?: unknown; readonly models?: unknown };

/** Checks that models of clients exist and that the clients' keys differ. */
function checkNames({ clients, models }: RawNames, locate: ReadConfig["locate"]): ConfigProblem[] {
  const known = Object.keys(entriesOf(models));
  const problems: ConfigProblem[] = [];
  const owners = new Map<unknown, string>();
  for (const [client, given] of Object.entries(entriesOf(clients))) {
    const { key, models: allowed } = entriesOf(given);
    for (const [index, model] of (Array.isArray(allowed) ? allowed : []).entries()) {
      if (typeof model !== "string" || known.includes(model)) continue;
      const meant = closestName(model, known);
      const advice = meant ? `Did you mean \`${meant}\`?` : `Choose one of: ${known.join(", ")}.`;
      problems.push({
        ...locate(["clients", client, "models", index]),
        message: `There is no model \`${model}\`. ${advice}`,
      });
    }
    const other = owners.get(key);
    owners.set(key, client);
    if (other !== undefined && typeof key === "string" && !key.includes("${"))
      problems.push({
        ...locate(["clients", client, "key"]),
        message: `\`${client}\` and \`${other}\` have the same key. Give each client its own key, so that requests can be told apart.`,
      });
  }
  return problems;
}

function entriesOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
