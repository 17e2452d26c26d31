// `npm exec --yes --package=create-llm-provider@<version> -- create-llm-provider <words>`, without a registry.
import { readFileSync } from "node:fs";
import { frozenPackage, writeTree } from "./frozen-package.ts";

const [, , , , source = "", , , ...words] = process.argv;
if (source.endsWith("@0.0.1")) {
  const option = (name: string) => words[words.indexOf(name) + 1]!;
  const config = JSON.parse(readFileSync(option("--config"), "utf8")) as { id?: string; created?: string };
  if (config.id === undefined || config.created !== undefined) process.exit(2);
  writeTree(option("--dir"), frozenPackage);
} else {
  process.argv.splice(2, Infinity, ...words);
  await import("../src/bin.ts");
}
