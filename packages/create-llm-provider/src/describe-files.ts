import type { FileTree } from "./render.ts";
import type { TemplateContext } from "./template-context.ts";

/** What was made, the files that matter first. */
export function describeFiles(files: FileTree, context: TemplateContext, folder: string): string {
  const inCassettes = [...files.keys()].filter((path) => path.startsWith("test/cassettes/"));
  const cassettes = inCassettes.filter((path) => !path.endsWith("/index.json")).length;
  const notable: { [path: string]: string } = {
    [`src/${context.id}.ts`]: context.isTool
      ? "the tool: its input, its request, the text for the model"
      : "the definition: what is known of the endpoint",
    "src/models.ts": "its models",
    "src/dialect.ts": "its wire format",
    "test/wire.ts": "the same from the endpoint's side",
    "test/contract.test.ts": "its contract tests",
  };
  const rows = Object.entries(notable).filter(([path]) => files.has(path));
  rows.push(
    ["test/cassettes/", `${cassettes} recordings, made against its own twin`],
    ["README.md", `and ${files.size - inCassettes.length - rows.length - 1} more files`],
  );
  const width = Math.max(...rows.map(([path]) => path.length)) + 2;
  return [
    `${context.packageName} in ${folder}`,
    ...rows.map(([path, text]) => `  ${path.padEnd(width)}${text}`),
    "",
  ].join("\n");
}
