/** The compared clients: each with its file in drivers/, the module a program imports, and the package it installs. */
export type Contender = { readonly imports: readonly string[]; readonly installs: readonly string[] };

export const contenders: Record<string, Contender> = {
  raw: { imports: [], installs: [] },
  "llm-provider": { imports: ["@llm-provider/deepseek"], installs: ["@llm-provider/deepseek", "@llm-provider/core"] },
  openai: { imports: ["openai"], installs: ["openai"] },
  "ai-sdk": { imports: ["ai", "@ai-sdk/openai-compatible"], installs: ["ai", "@ai-sdk/openai-compatible"] },
  langchain: { imports: ["@langchain/openai"], installs: ["@langchain/openai", "@langchain/core"] },
  "groq-sdk": { imports: ["groq-sdk"], installs: ["groq-sdk"] },
  mistralai: { imports: ["@mistralai/mistralai"], installs: ["@mistralai/mistralai"] },
};
