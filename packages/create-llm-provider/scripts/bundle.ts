// Writes dist/create-llm-provider.js. `prepack` runs it, so what is published is always fresh. `--sizes` tells what is in it.
import { fileURLToPath } from "node:url";
import { createBundle } from "./create-bundle.ts";

const { metafile } = await createBundle(fileURLToPath(new URL("../dist/create-llm-provider.js", import.meta.url)));
const { bytes, inputs } = Object.values(metafile.outputs)[0]!;
console.log(`create-llm-provider.js: ${Math.round(bytes / 1024)} kB`);

if (process.argv.includes("--sizes")) {
  const sizes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name =
      /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules\/)/.exec(path)?.[1] ?? path.split("/").slice(0, 3).join("/");
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
  for (const [name, size] of [...sizes].sort((a, b) => b[1] - a[1])) console.log(`${Math.round(size / 1024)}\t${name}`);
}
