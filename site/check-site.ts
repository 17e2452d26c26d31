// Checks every internal link of the built site: its page must have been built, and must have the heading.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const base = process.env["SITE_BASE"] ?? "/llm-provider/";
const folder = join(import.meta.dirname, "../.tmp/site");
const pages = new Map<string, { readonly links: string[]; readonly ids: Set<string> }>();
for (const path of globSync("**/*.html", { cwd: folder })) {
  const text = readFileSync(join(folder, path), "utf8");
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, value]) => decodeURIComponent(value!));
  pages.set(path, { links: all(/<a [^>]*?href="([^"]+)"/g), ids: new Set(all(/ id="([^"]+)"/g)) });
}

const dead: string[] = [];
let count = 0;
for (const [page, { links }] of pages) {
  for (const link of new Set(links)) {
    if (!link.startsWith(base) && !link.startsWith("#")) continue;
    count++;
    const [path = "", anchor] = link.split("#");
    const at = path.slice(base.length);
    const target = path === "" ? page : at === "" ? "index.html" : /\.\w+$/.test(at) ? at : `${at}.html`;
    const found = pages.get(target);
    if (!found ? !existsSync(join(folder, target)) : anchor && !found.ids.has(anchor)) dead.push(`${page}: ${link}`);
  }
}
console.log(`${pages.size} pages, ${count} links within the site, ${dead.length} dead`);
for (const link of dead) console.error(link);
if (pages.size < 30 || count < 500 || dead.length > 0) process.exitCode = 1;
