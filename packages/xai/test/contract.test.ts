import { describeProvider } from "@llm-provider/testing/vitest";
import { xai } from "../src/index.ts";

describeProvider(xai, { cassettes: new URL("./cassettes/", import.meta.url) });
