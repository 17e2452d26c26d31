import { describeProvider } from "@llm-provider/testing/vitest";
import { openai } from "../src/index.ts";

describeProvider(openai, { cassettes: new URL("./cassettes/", import.meta.url) });
