import type { FileTree } from "./render.ts";
import type { TemplateContext } from "./template-context.ts";

/** What was made, the files that matter first. */
export function describeFiles(files: FileTree, context: TemplateContext, folder: string): string {
  const cassettes = [...files.keys()].filter((path) => path.startsWith("test/cassettes/")).length;
  const rows: [path: string, text: string][] = [
    [
      `src/${context.id}.ts`,
      context.isTool ? "the tool: input, request, text for the model" : "the definition: what is known of the endpoint",
    ],
    ...(context.isTool ? [] : ([["src/models.ts", "its models"]] as [string, string][])),
    ...(files.has("src/dialect.ts") ? ([["src/dialect.ts", "its wire format"]] as [string, string][]) : []),
    ["test/contract.test.ts", "the contract tests, derived from it"],
    ["test/cassettes/", `${cassettes} recordings, made against its own twin`],
    [
      "README.md",
      `and ${files.size - cassettes - (context.isTool ? 3 : 4) - (files.has("src/dialect.ts") ? 1 : 0)} more files`,
    ],
  ];
  const width = Math.max(...rows.map(([path]) => path.length)) + 2;
  const title = `${context.packageName} in ${folder}`;
  return [title, ...rows.map(([path, text]) => `  ${path.padEnd(width)}${text}`), ""].join("\n");
}
