import { chatCompletions, type Definition } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { describe, expect, test } from "vitest";
import { publishProblems, unreadPages, updateReadme } from "../src/index.ts";

const acme: Definition = {
  id: "acme",
  name: "Acme",
  docs: "https://docs.acme.ai",
  baseURL: "https://api.acme.ai/v1",
  auth: { env: "ACME_API_KEY", page: "https://acme.ai/keys" },
  dialect: chatCompletions(),
  models: { "acme-1": {} },
  smallModel: "acme-1",
};
const page = `# Acme

<!-- generated: librechat -->
old
<!-- /generated -->

Mine.

<!-- generated: facts -->
<!-- /generated -->
`;

describe("updateReadme", () => {
  test("updates the generated parts, leaves the rest unchanged, and changes nothing when run again", () => {
    const text = updateReadme(page, { provider: acme });
    expect(text).toContain("- acme-1");
    expect(text).toContain("Put `ACME_API_KEY=…` into LibreChat's `.env`");
    expect(text).toContain("| `acme-1` (small) |");
    expect(text).toContain("\nMine.\n");
    expect(text).not.toContain("old");
    expect(updateReadme(text, { provider: acme })).toBe(text);
  });

  test("shows a price as soon as the definition states one", () => {
    const priced = { ...acme, models: { "acme-1": { price: { input: 1, output: 2 }, source: "docs" } } };
    const sources = { docs: ["https://docs.acme.ai", "unread"] } as const;
    const text = updateReadme(page, { provider: { ...priced, sources } });
    expect(text).toContain("| 1 / 2 |");
    expect(text).toContain("| [docs](https://docs.acme.ai) | not read yet |");
  });

  test("says what LibreChat needs if it does not speak the wire format", () => {
    const dialect = { ...chatCompletions(), settings: undefined };
    expect(updateReadme(page, { provider: { ...acme, dialect } })).toContain("an OpenAI-compatible URL of Acme");
  });

  test("writes an entry that starts a tool by its package name", () => {
    const tool = { id: "search", auth: { env: "SEARCH_API_KEY" } };
    expect(updateReadme(page, { tool, packageName: "llm-tool-search" })).toContain("llm-tool-search");
  });

  test("does not change a page without marks", () => {
    expect(updateReadme("# Mine\n", { provider: acme })).toBe("# Mine\n");
  });
});

describe("a page that nobody has read", () => {
  const unread: Definition = { ...acme, sources: { docs: ["https://docs.acme.ai", "unread"] } };

  test("is valid in a definition, and is listed as unread", () => {
    expect(checkDefinition(unread)).toEqual([]);
    expect(unreadPages(unread)).toEqual([{ key: "docs", url: "https://docs.acme.ai" }]);
  });

  test("prevents publishing, and so does a made-up model", () => {
    expect(publishProblems(acme)).toEqual([]);
    expect(publishProblems(unread)).toEqual([expect.stringContaining("https://docs.acme.ai is marked unread.")]);
    const madeUp: Definition = { ...acme, models: { "example-model": {} }, smallModel: "example-model" };
    expect(publishProblems(madeUp)).toEqual([expect.stringContaining("example-model is made up")]);
  });
});
