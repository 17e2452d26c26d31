// Writes packages/gateway/src/inspector/page.generated.ts: the inspector's page as one HTML file, with its policy. Run it after
// changing packages/gateway/page: node scripts/build-inspector.ts
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const gateway = join(dirname(fileURLToPath(import.meta.url)), "../packages/gateway");
/** The file that this script writes. */
export const inspectorFile: string = join(gateway, "src/inspector/page.generated.ts");

/** The text of the generated file, built from the current sources of the page. */
export async function inspectorSource(): Promise<string> {
  const script = inScript(await bundled());
  const style = minified(readFileSync(join(gateway, "page/page.css"), "utf8"));
  const icon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M1 8h3l2-5 3 10 2-5h4' fill='none' stroke='%230b5cad' stroke-width='2'/%3E%3C/svg%3E";
  const html = `<!doctype html><!--\n${notices()}\n--><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>llm-provider inspector</title><link rel="icon" href="${icon}"><style>${style}</style><body><div id="app"></div><script type="module">${script}</script></body></html>\n`;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "img-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  return `// Written by scripts/build-inspector.ts from packages/gateway/page. Do not edit.

/** The inspector's page, and the \`content-security-policy\` that it is served with: nothing runs but its own script. */
export const inspectorPage: { readonly html: string; readonly policy: string } = {
  policy:
    ${JSON.stringify(policy)},
  html: \`${html.replace(/[\\`]|\$\{/g, "\\$&")}\`,
};
`;
}

async function bundled(): Promise<string> {
  const build = await rolldown({
    input: join(gateway, "page/main.tsx"),
    platform: "browser",
    tsconfig: join(gateway, "page/tsconfig.json"),
    transform: { target: "es2022" },
  });
  const { output } = await build.generate({ format: "esm", minify: true });
  return output[0].code.trim();
}

/** The licenses of the packages in the script. */
function notices(): string {
  const all = ["preact", "eventsource-parser"].map((name) => {
    const license = readFileSync(join(gateway, "node_modules", name, "LICENSE"), "utf8").trim();
    return `${name}\n\n${license.replaceAll("--", "-")}`;
  });
  return all.join("\n\n");
}

/** Escapes everything that would end the script's element early. */
function inScript(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, "\\x3c");
}

function minified(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, "")
    .replace(/\s+/g, " ")
    .replace(/\s*([{};,])\s*/g, "$1")
    .trim();
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(inspectorFile, await inspectorSource());
