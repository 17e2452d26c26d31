// The answer as it arrives: reasoning first, then text. A stream that breaks off throws; it never looks like a short answer.
import { deepseek } from "@llm-provider/deepseek";

const stream = deepseek().stream({
  model: "deepseek-flash",
  messages: [{ role: "user", content: "Which is larger, 9.11 or 9.8?" }],
});

for await (const event of stream) {
  if (event.type === "reasoning" || event.type === "text") process.stdout.write(event.text);
  else console.log(`\n[${event.type}]`);
}
const { finishReason, usage } = await stream.result;
console.log(finishReason, usage);
