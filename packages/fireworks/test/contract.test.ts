import { describeProvider } from "@llm-provider/testing/vitest";
import { fireworks } from "../src/index.ts";

describeProvider(fireworks, { cassettes: new URL("./cassettes/", import.meta.url) });
