import type { Command } from "../command.ts";
import { loadFactory } from "../load-factory.ts";
import { startTwinOf } from "../start-twin-of.ts";
import { usageError } from "../usage-error.ts";

export const twin: Command = {
  summary: "Serve a fake of a provider on loopback",
  usage: "twin <provider> [--port N]",
  description:
    "It refuses what the provider is known to refuse, in its words, and answers in its form. Any key passes. Point an app at the URL that is printed; Ctrl-C ends it.",
  options: {
    port: { type: "string", value: "N", description: "The port; a free one unless given" },
    json: { type: "boolean", description: "Print {url, models} as JSON once it listens" },
  },
  examples: ["llm-provider twin mistral --port 8089", "llm-provider twin ./packages/acme"],
  async run(values, [name, ...rest], io) {
    if (name === undefined || rest.length > 0) throw usageError("Which provider? Such as `llm-provider twin mistral`.");
    const port = values["port"] === undefined ? undefined : Number(values["port"]);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
      throw usageError("`--port` takes a number from 0 to 65535.");
    const { definition } = await loadFactory(name, io);
    const running = await startTwinOf(definition, port === undefined ? {} : { port });
    const models = Object.keys(definition.models);
    if (values["json"]) io.out(`${JSON.stringify({ url: running.url, models })}\n`);
    else io.out(`${running.url}\n`);
    io.err(
      `A fake ${definition.name} listens there. Any key passes. Models: ${models.slice(0, 5).join(", ")}${models.length > 5 ? " …" : ""}. Ctrl-C ends it.\n`,
    );
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      io.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await running.close();
    return 0;
  },
};
