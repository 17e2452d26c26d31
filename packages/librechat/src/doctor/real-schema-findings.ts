import type { Diagnostic, Finding } from "./diagnostic.ts";
import { pathText } from "./path-text.ts";
import type { RealSchema } from "./real-schema.ts";
import type { Subject } from "./rule.ts";

/** What LibreChat's own schema says beyond our rules: at lines where they have found an error, it would say it again. */
export function* realSchemaFindings(
  subject: Subject,
  schema: RealSchema,
  known: readonly Diagnostic[],
): Generator<Finding> {
  const { file, config, environment = {} } = subject;
  const lines = new Set(known.filter(({ severity }) => severity === "error").map(({ line }) => line));
  for (const { path, message } of schema.check(withUrls(config, environment))) {
    const positions = [file.keyPosition(path), file.valuePosition(path)];
    // An error deeper in the same part says more than the one of the whole.
    const isTold =
      positions.some(({ line }) => lines.has(line)) ||
      known.some((one) =>
        one.rule === "schema" || one.rule === "mcp-server" ? isInside(subject, path, one.line) : false,
      );
    if (isTold) continue;
    yield {
      at: { value: path },
      message: `\`${pathText(path) || "the file"}\`: ${message}.`,
      why: `LibreChat's own schema says so (librechat-data-provider ${schema.version}); the server exits when it starts.`,
    };
  }
}

function isInside({ file }: Subject, path: readonly (string | number)[], line: number): boolean {
  const node = file.nodeAt(path);
  if (!node?.range || path.length === 0) return path.length === 0;
  return file.keyPosition(path).line <= line && line <= file.positionOf(node.range[1]).line;
}

/** The schema asks URLs to be URLs after expansion; a variable that is not known here stands for one. */
function withUrls(value: unknown, environment: { readonly [name: string]: string }): unknown {
  if (typeof value === "string")
    return value.replace(
      /\$\{([^}]+)\}/g,
      (whole, name: string, at: number) =>
        environment[name] || (at === 0 && value.includes("}") ? "https://variable.example" : whole),
    );
  if (Array.isArray(value)) return value.map((item) => withUrls(item, environment));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /url$|^proxy$/i.test(key) || typeof inner !== "string" ? withUrls(inner, environment) : inner,
    ]),
  );
}
