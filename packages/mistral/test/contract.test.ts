import { describeProvider } from "@llm-provider/testing/vitest";
import { mistral } from "../src/index.ts";

describeProvider(mistral, { cassettes: new URL("./cassettes/", import.meta.url) });
