import { parseAnswers } from "../src/answers/parse-answers.ts";
import { completeAnswers } from "../src/context/complete-answers.ts";
import { type TemplateContext, templateContext } from "../src/context/template-context.ts";
import { resources } from "../src/resources.ts";

/** A case: its name, the answers, and the facts about the machine. */
export type Combination = { name: string; context: TemplateContext };

const plain = { id: "acme", baseURL: "https://api.acme.ai/v1" };
const longURL =
  "https://us-central1-aiplatform.example.com/v1/projects/my-project/locations/us-central1/endpoints/openapi";

// Every option alone, then all together; the last rows show how options affect each other.
const rows: {
  [name: string]: {
    given: { models?: string[]; dialect?: string; [answer: string]: unknown };
    ownNode?: boolean;
    nested?: boolean;
    inWorkspace?: boolean;
  };
} = {
  "only the two required answers": { given: {} },
  "no key": { given: { apiKeyEnv: "none" } },
  "another key": { given: { apiKeyEnv: "ACME_INFERENCE_TOKEN" } },
  "one model": { given: { models: ["acme"] } },
  "odd models": {
    given: {
      models: ["1", "acme", "a-b", "org/model.v1:free", "@cf/org/m", "x".repeat(90), "toString", "constructor"],
    },
  },
  "a display name": { given: { name: "O'Acme & Co. (EU)" } },
  docs: { given: { docs: "https://docs.acme.ai/api" } },
  "long addresses": { given: { baseURL: longURL, docs: `${longURL}/documentation/of/it` } },
  "an address full of quotes": { given: { baseURL: "https://acme.ai/'\"`${x}{{y}}<!--*/#".replace("#", "") } },
  "a scope, an author, a repository": {
    given: { scope: "acme", author: "Ann O'Lee <ann@acme.ai>", repository: "acme/llm" },
  },
  "in another repository": { given: {}, nested: true },
  "a method": { given: { method: "post" } },
  "a method, no key": { given: { method: "post", apiKeyEnv: "none", docs: "https://docs.acme.ai" } },
  "custom dialect": { given: { dialect: "custom" } },
  "AI SDK": { given: { with: ["ai-sdk"] } },
  LangChain: { given: { with: ["langchain"], scope: "acme" } },
  "AI SDK and LangChain": { given: { with: ["langchain", "ai-sdk"], packageManager: "yarn", models: ["a", "b"] } },
  "AI SDK in this repository": { given: { with: ["ai-sdk"] }, inWorkspace: true },
  pnpm: { given: { packageManager: "pnpm" } },
  yarn: { given: { packageManager: "yarn" } },
  bun: { given: { packageManager: "bun" } },
  "an old Node": { given: {}, ownNode: true },
  "an old Node and pnpm": { given: { packageManager: "pnpm" }, ownNode: true },
  "an id that is a reserved word": { given: { id: "class" } },
  "an id equal to an import of the file": { given: { id: "chat-completions" } },
  "the id of one of our providers": { given: { id: "openai" } },
  "an id with hyphens in unusual places": { given: { id: "a--b-1-" } },
  "the longest id": { given: { id: `a${"-bcdefg".repeat(7)}` } },
  "the longest word": { given: { id: "a".repeat(50), name: "N".repeat(50), models: ["a"] } },
  "in this repository": { given: {}, inWorkspace: true },
  "in this repository, no key, custom": {
    given: { apiKeyEnv: "none", dialect: "custom", models: ["a", "b-c"] },
    inWorkspace: true,
  },
  everything: {
    given: {
      apiKeyEnv: "ACME_TOKEN",
      name: "ACME",
      models: ["acme-small", "acme"],
      docs: "https://docs.acme.ai",
      dialect: "custom",
      packageManager: "pnpm",
    },
    ownNode: true,
  },
};

const { versions } = resources();

/** Every row for one template. */
export function combinations(template: "provider" | "tool"): Combination[] {
  return Object.entries(rows).map(([name, { given, ownNode = false, nested = false, inWorkspace = false }]) => {
    // A tool has no models, dialect or bridges; a provider has no method.
    const own =
      template === "tool"
        ? { ...given, models: undefined, dialect: undefined, with: undefined }
        : { ...given, method: undefined };
    const answers = completeAnswers(parseAnswers({ ...plain, ...own, template }), {
      created: "2026-11-22",
      ownNode,
      nested,
    });
    return { name, context: templateContext(answers, versions, inWorkspace) };
  });
}
