// A tool that the model may call. `runTools` runs it and returns the result to the model, until the model is done.
import { defineTool, runTools } from "@llm-provider/core";
import { groq } from "@llm-provider/groq";
import { z } from "zod";

const clock = defineTool({
  id: "clock",
  name: "read_clock",
  description: "Tells the time of day in a city.",
  docs: "https://www.iana.org/time-zones",
  auth: "none",
  input: z.object({ timeZone: z.string().describe("An IANA name, such as Europe/Rome") }),
  execute: async ({ timeZone }) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" }).format(new Date()),
  toText: (time) => time,
});

const { text, steps } = await runTools(
  groq(),
  {
    model: "openai/gpt-oss-120b",
    messages: [{ role: "user", content: 'What time is it in "Europe/Rome"? Read the clock.' }],
  },
  [clock()],
);

for (const { outputs } of steps) {
  for (const { toolCall, text: output } of outputs) console.log(`${toolCall.name}(${toolCall.arguments}) → ${output}`);
}
console.log(text);
