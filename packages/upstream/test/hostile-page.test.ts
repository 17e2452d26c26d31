import { toEndpoint } from "@llm-provider/librechat";
import { describe, expect, it } from "vitest";
import { createDraft } from "../src/clone/draft.ts";
import { planGuide } from "../src/plan-guide.ts";
import { pullRequest } from "../src/pull-request.ts";
import { acme } from "./acme.ts";
import { guides, oldPage } from "./fake-clone.ts";

const map = `import {\n  BoltIcon,\n} from '../components/icons/providers'\nconst icons = {\n  Bolt: <BoltIcon />,\n}\n`;
const list = `{ "pages": ["index", "bolt"] }\n`;
const endpoint = toEndpoint(acme, { target: "0.8.8", keys: "env" });
/** Characters, close to the size limit for a file. */
const most = 250_000;

/** Plans acme's guide with these files and returns the text of the pull request. */
function plan(files: { readonly [name: string]: string }): string {
  const all = new Map(
    Object.entries({ "meta.json": list, ...files }).map(([name, text]) => [`${guides}/${name}`, text]),
  );
  all.set("lib/icons.tsx", map);
  const draft = createDraft({
    list: () => [...all.keys()].map((path) => path.slice(path.lastIndexOf("/") + 1)),
    read: (path) => all.get(path),
  });
  return pullRequest([planGuide(draft, acme, endpoint, { svg: undefined, rewrite: false })], []).body;
}

function pageWith(value: string): string {
  return oldPage.replace(/^ {4}- name: [^]*?dropParams.*$/m, value);
}

describe("a page by an unknown author", () => {
  it.each([
    [
      "values of other types",
      `    - { name: 1, baseURL: { toString: 1 }, models: null, dropParams: [null, { toString: x }, 7] }`,
    ],
    ["a value that contains itself", `    - { name: &a [*a], baseURL: x, apiKey: { b: *a } }`],
    [
      "keys with the names of inherited properties",
      `    - { name: x, baseURL: x, __proto__: { fetch: true }, toString: 1, constructor: 2 }`,
    ],
    ["control characters", `    - { name: "\\e]52;c;x\\a\`", baseURL: x }`],
  ])("may contain %s", (_, value) => {
    const body = plan({ "acme.mdx": pageWith(value) });
    expect(body).toContain("**Acme Cloud**: the guide is updated");
    // eslint-disable-next-line no-control-regex
    expect(body).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(body).not.toContain("``");
  });

  it.each([
    ["blocks that never end", "```yaml\n".repeat(most / 8)],
    ["blocks of librechat.yaml that never end", '```yaml filename="librechat.yaml"\n'.repeat(most / 34)],
    ["variables that never end", '```env filename=".env"\n'.repeat(most / 23)],
    ["a line of keys", "key ".repeat(most / 4)],
    ["notes and blanks", `## Notes\n\n${"- a\n \t \t \n".repeat(most / 10)}`],
    ["icons", `---\n${"icon: \n".repeat(most / 7)}`],
  ])("is read quickly with %s", (_, text) => {
    const started = performance.now();
    plan({ "acme.mdx": `${oldPage}\n${text}` });
    plan({ "other.mdx": text });
    // Quadratic patterns take 5 s to 14 s on text of this length, linear ones milliseconds.
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it.each([
    ["lists that never end", '"pages":['.repeat(most / 9), "is not valid JSON"],
    ["strings that never end", `"pages":[${'\\"'.repeat(most / 2)}]`, "is not valid JSON"],
    ["another type", `{ "pages": "index" }`, "has no list of `pages`: its layout has changed."],
    ["another list", `["pages"]`, "has no list of `pages`: its layout has changed."],
  ])("is refused if the list of pages has %s", (_, text, message) => {
    const started = performance.now();
    expect(() => plan({ "meta.json": text })).toThrow(`meta.json ${message}`);
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
