// One prompt over all providers whose key is set: tokens and US dollars. The cost is missing if the price is uncertain.
import { ProviderError } from "@llm-provider/core";
import { providers } from "./providers.ts";

const messages = [{ role: "user" as const, content: "Explain in two sentences why the sky is blue." }];
const rows = [];

for (const factory of providers) {
  const { name, auth, smallModel: model } = factory.definition;
  if (auth !== "none" && !process.env[auth.env]) continue;
  try {
    const { usage } = await factory().chat({ model, messages, max_tokens: 200 });
    rows.push({
      name,
      model,
      in: usage?.inputTokens,
      out: usage?.outputTokens,
      dollars: usage?.cost?.toFixed(6) ?? "unknown",
    });
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    rows.push({ name, model, problem: `${error.code}: ${error.hint ?? error.message}` });
  }
}
console.table(rows);
