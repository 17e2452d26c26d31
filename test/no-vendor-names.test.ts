import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { loadOwnProviders, ownProviders } from "./own-packages.ts";

const packages = join(import.meta.dirname, "../packages");
/** Packages that serve every endpoint alike. Missing ones are skipped. */
const neutral = ["core", "testing", "server", "probe", "gateway", "ai-sdk", "langchain", "compare", "rag"];
/** Key shapes belong to vendors by nature. */
const keyShapes = join("core", "src", "key-shapes.ts");

/** Our adapters and other vendors. `together` and `replicate` are English words too, so only hosts are searched for. */
const vendors = [
  ...Object.keys(ownProviders),
  ..."ai21 anthropic azure bedrock cerebras chutes claude cohere databricks deepinfra gemini google grok".split(" "),
  ..."huggingface hugging-face hyperbolic lepton litellm lmstudio minimax moonshot novita nvidia octoai".split(" "),
  ..."perplexity sambanova siliconflow together\\.ai api\\.together together_ai vertex vertexai vllm voyage".split(" "),
  ..."x\\.ai zhipu z\\.ai zai".split(" "),
];
const vendor = new RegExp(`(?<![A-Za-z0-9])(?:${vendors.join("|")})(?![A-Za-z0-9])`, "i");

const strings = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/;
const patterns = /(?<=[(=,:!&|?[{};\s])\/(?![/*\s])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;

function sourcesOf(name: string): string[] {
  const folder = join(packages, name, "src");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return files.map((file) => join(folder, file));
}

/** A source without its comments, which may name vendors. */
function withoutComments(text: string): string {
  return text.replaceAll(
    new RegExp(`(${strings.source})|//[^\\n]*|/\\*[\\s\\S]*?\\*/`, "g"),
    (_, kept?: string) => kept ?? "",
  );
}

function linesWith(file: string, pattern: RegExp): string[] {
  const lines = withoutComments(readFileSync(file, "utf8")).split("\n");
  return lines.filter((line) => pattern.test(line)).map((line) => `${relative(packages, file)}: ${line.trim()}`);
}

describe.each(neutral.filter((name) => sourcesOf(name).length > 0))("%s", (name) => {
  test("names no vendor", () => {
    const files = sourcesOf(name).filter((file) => relative(packages, file) !== keyShapes);
    expect(files.flatMap((file) => linesWith(file, vendor))).toEqual([]);
  });

  test("never compares a dialect's name", async () => {
    const loaded = (await loadOwnProviders()).map(([, { definition }]) => definition.dialect.name);
    const names = [...new Set(loaded)].map((one) => `"${one}"`).join("|");
    const asks = new RegExp(
      `dialect\\??\\.name\\s*[!=]=|[!=]==?\\s*(?:\\w+\\.)*dialect\\??\\.name|switch \\((?:\\w+\\.)*dialect\\.name|[[(](?:\\w+\\.)*dialect\\.name[\\])]|(?:[!=]==?|case) (?:${names})|(?:${names}) [!=]==`,
    );
    expect(sourcesOf(name).flatMap((file) => linesWith(file, asks))).toEqual([]);
  });
});

test("librechat compares vendors' names only in the allowed files", () => {
  const allowed: { readonly [file: string]: string } = {
    "librechat-names.ts": "the names that LibreChat tests",
    "doctor/assumed-window.ts": "LibreChat's table of windows, by parts of model ids",
    "doctor/rules/base-url.ts": "paths of base URLs, such as /openai/v1",
  };
  const whole = new RegExp(`^["'\`](?:${vendors.join("|")}|openAI|azureOpenAI|azureAssistants)[/-]?["'\`]$`, "i");
  const found = sourcesOf("librechat").flatMap((file) => {
    const name = relative(join(packages, "librechat/src"), file).replaceAll("\\", "/");
    if (Object.hasOwn(allowed, name)) return [];
    const code = withoutComments(readFileSync(file, "utf8"));
    const texts = (code.match(new RegExp(strings, "g")) ?? []).filter((text) => whole.test(text));
    const asked = (code.replaceAll(new RegExp(strings, "g"), '""').match(patterns) ?? []).filter((one) =>
      vendor.test(one),
    );
    return [...texts, ...asked].map((one) => `${name}: ${one}`);
  });
  // The type of `provider` in an entry, which has only this value.
  expect(found.filter((one) => one !== 'librechat-endpoint.ts: "anthropic"')).toEqual([]);
});

test("the search finds what it looks for", () => {
  expect(vendor.test('if (id === "groq") return')).toBe(true);
  expect(vendor.test("what is put together")).toBe(false);
  expect(withoutComments('const a = "https://x.ai"; // groq\n/* xai */')).toBe('const a = "https://x.ai"; \n');
  expect("if (/^deepseek-/.test(model))".match(patterns)).toEqual(["/^deepseek-/"]);
});
