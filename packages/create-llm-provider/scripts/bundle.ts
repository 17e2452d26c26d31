// Writes the two files of dist/ that are published. `prepack` runs it, so they are always fresh. `--sizes` tells what is in them.
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { createBundle } from "./create-bundle.ts";

const { metafile } = await createBundle(fileURLToPath(new URL("../dist/", import.meta.url)));
const outputs = Object.entries(metafile.outputs);
for (const [path, { bytes }] of outputs) console.log(`${basename(path)}: ${Math.ceil(bytes / 1024)} kB`);

if (process.argv.includes("--sizes")) {
  const sizes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of outputs.flatMap(([, { inputs }]) => Object.entries(inputs))) {
    const name =
      /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules\/)/.exec(path)?.[1] ?? path.split("/").slice(0, 3).join("/");
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
  for (const [name, size] of [...sizes].sort((a, b) => b[1] - a[1])) console.log(`${Math.round(size / 1024)}\t${name}`);
}
