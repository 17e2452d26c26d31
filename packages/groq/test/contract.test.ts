import { describeProvider } from "@llm-provider/testing/vitest";
import { groq } from "../src/index.ts";

describeProvider(groq, { cassettes: new URL("./cassettes/", import.meta.url) });
