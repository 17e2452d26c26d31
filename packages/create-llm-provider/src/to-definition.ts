import { chatCompletions, type Definition } from "@llm-provider/core";
import type { TemplateContext } from "./template-context.ts";

/**
 * What `src/<id>.ts` says, as a value: the cassettes are recorded before there is a compiler or an install. A test
 * compares it with the generated file, for every combination of answers.
 */
export function toDefinition(context: Omit<TemplateContext, "libreChat">): Definition {
  const { id, name, docs, baseURL, env, source, models, smallModel, customDialect } = context;
  return {
    id,
    name,
    docs,
    baseURL,
    auth: env ? { env, page: docs } : "none",
    sources: { docs: source },
    dialect: customDialect ? { ...chatCompletions(), name: id } : chatCompletions(),
    models: Object.fromEntries(models.map((model) => [model, { features: ["tools", "json"], source: "docs" }])),
    smallModel,
  };
}
