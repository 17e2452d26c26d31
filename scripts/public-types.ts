// Writes the public types of each package to packages/<name>/test/public-types.txt, from the output of `pnpm build`. A change
// there changes the public API: the review shows it, and it needs a changeset.
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

export type Snapshot = { package: string; file: string; text: string };

/** The declarations that users of each published package can reach, without comments. Reads `dist`. */
export function publicTypes(root: string): Snapshot[] {
  return globSync("packages/*/package.json", { cwd: root })
    .sort()
    .flatMap((path) => {
      const manifest = JSON.parse(readFileSync(join(root, path), "utf8")) as {
        name: string;
        private?: boolean;
        publishConfig?: { exports?: Record<string, { types?: string }> };
      };
      const folder = dirname(join(root, path));
      const entries = Object.values(manifest.publishConfig?.exports ?? {}).flatMap(({ types }) =>
        types ? [resolve(folder, types)] : [],
      );
      if (manifest.private || entries.length === 0) return [];
      const text = reachable(entries)
        .map((file) => `// ${relative(join(folder, "dist"), file)}\n${withoutComments(readFileSync(file, "utf8"))}`)
        .join("\n");
      return [{ package: manifest.name, file: join(folder, "test", "public-types.txt"), text }];
    });
}

function reachable(entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    if (!existsSync(file)) throw new Error(`${file} is missing. Build first: npx -y pnpm@12.21.0 run build`);
    seen.add(file);
    for (const [, specifier] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
      visit(resolve(dirname(file), specifier!.replace(/\.(js|ts)$/, ".d.ts")));
    }
  };
  for (const entry of entries) visit(entry);
  return [...seen].sort();
}

function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/^\s*\/\/.*$/gm, "")
    .replaceAll(/^\s*\n/gm, "");
}

if (process.argv[1] === import.meta.filename) {
  for (const { file, text } of publicTypes(join(import.meta.dirname, ".."))) {
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    writeFileSync(file, text);
    console.log(`wrote ${relative(process.cwd(), file)}`);
  }
}
