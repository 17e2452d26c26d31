import { weaviate } from "@llm-provider/weaviate";
import { describeTool } from "@llm-provider/testing/vitest";

describeTool(weaviate, { cassettes: new URL("./cassettes/", import.meta.url) });
