// A model that searches the web until it can answer: `node --conditions=source agent.ts "When was Go 1.0 released?"`.
// Reads GROQ_API_KEY and SERPAPI_API_KEY; offline.ts runs the same file without them.
import { runTools } from "@llm-provider/core";
import { groq } from "@llm-provider/groq";
import { serpapi } from "@llm-provider/serpapi";

const question = process.argv.slice(2).join(" ") || "When was version 1.0 of the Go language released?";

const { text, stopped } = await runTools(
  groq(),
  {
    model: "openai/gpt-oss-120b",
    messages: [
      { role: "system", content: "Search the web before you answer, and name the pages that your answer rests on." },
      { role: "user", content: question },
    ],
  },
  [serpapi({ maxCharacters: 6000 })],
  {
    maxSteps: 5,
    parallel: true,
    onStep({ outputs }) {
      for (const { toolCall, text: found, isError } of outputs) {
        console.log(`${toolCall.name} ${toolCall.arguments} → ${isError ? found : `${found.length} characters`}`);
      }
    },
  },
);

console.log(stopped ? "It gave up after five rounds." : `\n${text}`);
