// One question, one answer, and the changes to the request.
import { mistral } from "@llm-provider/mistral";

const { text, usage, changes } = await mistral().chat({
  model: "mistral-small-2603",
  messages: [{ role: "user", content: "Name three rivers." }],
  seed: 7,
  user: "reader-1",
});

console.log(text);
console.log(`${usage?.inputTokens} tokens in, ${usage?.outputTokens} out, ${usage?.cost?.toFixed(6)} US dollars`);
for (const { parameter, action, reason } of changes) console.log(`${parameter} was ${action}: ${reason}`);
