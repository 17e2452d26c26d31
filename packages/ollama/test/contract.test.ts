import { describeProvider } from "@llm-provider/testing/vitest";
import { ollama } from "../src/index.ts";

describeProvider(ollama, { cassettes: new URL("./cassettes/", import.meta.url) });
