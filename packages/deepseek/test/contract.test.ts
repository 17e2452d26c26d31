import { describeProvider } from "@llm-provider/testing/vitest";
import { deepseek } from "../src/index.ts";

describeProvider(deepseek, { cassettes: new URL("./cassettes/", import.meta.url) });
