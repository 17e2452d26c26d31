// What a program that reads one stream weighs, minified and gzipped: bytes and not time, the same on every machine. Fails
// where it has grown past its limit. node scripts/check-size.ts
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const packages = join(import.meta.dirname, "..", "packages");

/**
 * The limits are close above what there is, so that growth is a decision. The target for core is 22,016 bytes (21.5 kB), which
 * is missed; bench/README.md says what each part costs.
 */
const programs = [
  {
    name: "core, one stream",
    limit: 28_400,
    source: `import { chatCompletions, defineProvider } from "@llm-provider/core";
      const acme = defineProvider({ id: "acme", name: "Acme", docs: "", baseURL: "https://acme.example", auth: "none",
        dialect: chatCompletions(), models: {}, smallModel: "" });
      for await (const event of acme().stream({ model: "", messages: [] })) console.log(event);`,
  },
  {
    name: "core and an adapter, one stream",
    limit: 31_000,
    source: `import { deepseek } from "@llm-provider/deepseek";
      for await (const event of deepseek().stream({ model: "", messages: [] })) console.log(event);`,
  },
];

for (const { name, limit, source } of programs) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: join(packages, "deepseek") },
    alias: {
      "@llm-provider/core/internal": join(packages, "core/src/internal.ts"),
      "@llm-provider/core": join(packages, "core/src/index.ts"),
      "@llm-provider/deepseek": join(packages, "deepseek/src/index.ts"),
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    write: false,
  });
  const { contents } = outputFiles[0]!;
  const size = gzipSync(contents, { level: 9 }).length;
  console.log(`${name}: ${contents.length} bytes, gzipped ${size} of at most ${limit}`);
  if (size > limit) process.exitCode = 1;
}
