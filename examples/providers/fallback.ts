// Groq first; if it is rate-limited or down, the same model through OpenRouter. A fallback is a provider like any other.
import { withFallback } from "@llm-provider/core";
import { groq } from "@llm-provider/groq";
import { openrouter } from "@llm-provider/openrouter";

const model = "openai/gpt-oss-120b";
const provider = withFallback([groq({ maxRetries: 0 }), { provider: openrouter(), model }]);

const { text, message, metadata } = await provider.chat({
  model,
  messages: [{ role: "user", content: "Name a river." }],
});

console.log(`${message.provider}: ${text}`);
console.log("Failed before it:", metadata["fallback"] ?? "nobody");
