import { describeProvider } from "@llm-provider/testing/vitest";
import { openrouter } from "../src/index.ts";

describeProvider(openrouter, { cassettes: new URL("./cassettes/", import.meta.url) });
