import { type Definition, defineProvider } from "@llm-provider/core";
import type { Fault } from "./fault.ts";

/** A definition with an impossible statement, and its client. */
function definitionFault(id: string, does: string, change: (definition: Definition) => object): Fault {
  return {
    id,
    does,
    caughtBy: "definition-is-sound",
    wrap: ({ definition }) => defineProvider({ ...definition, ...change(definition) } as never) as never,
  };
}

const unread = ["https://docs.acme.test/new", "2999-01-01"] as const;

export const definitionFaults: readonly Fault[] = [
  definitionFault("source-missing", "names a missing source", ({ streaming }) => ({
    streaming: { ...streaming!, source: "nowhere" },
  })),
  definitionFault("source-of-tomorrow", "has read a page in the future", ({ sources }) => ({
    sources: { ...sources, new: unread },
  })),
  definitionFault("month-13", "has read a page in month 13", ({ sources }) => ({
    sources: { ...sources, new: [unread[0], "2027-13"] },
  })),
  definitionFault("rule-for-no-model", "has a rule for unknown models", ({ parameters }) => ({
    parameters: { ...parameters, top_k: { rejected: 400, models: /^other-/, source: "chat" } },
  })),
  definitionFault("feature-refused", "has models with tools, but rejects tools", ({ parameters }) => ({
    parameters: { ...parameters, tools: { rejected: 400, source: "chat" } },
  })),
  definitionFault("known-and-renamed", "lists a renamed name as known", ({ unknownParameters }) => ({
    unknownParameters: {
      ...unknownParameters,
      known: [...(unknownParameters as { known: readonly string[] }).known, "seed"],
    },
  })),
  definitionFault("another-secret", "reads its key from a variable of another secret", ({ auth }) => ({
    auth: { ...(auth as object), env: "DATABASE_URL" },
  })),
  definitionFault("small-model-missing", "has an unlisted small model", () => ({ smallModel: "acme-9" })),
  definitionFault("alias-of-nothing", "has an alias of an unlisted model", ({ models }) => ({
    models: { ...models, "acme-latest": { aliasOf: "acme-9", source: "models" } },
  })),
  definitionFault("header-of-two-words", "sends its key in a header whose name has a space", ({ auth }) => ({
    auth: { ...(auth as object), header: "x key" },
  })),
  definitionFault("key-over-http", "sends its key over http", () => ({ baseURL: "http://api.acme.test/v1" })),
];
