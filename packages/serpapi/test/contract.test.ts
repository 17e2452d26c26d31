import { serpapi } from "@llm-provider/serpapi";
import { describeTool } from "@llm-provider/testing/vitest";

describeTool(serpapi, { cassettes: new URL("./cassettes/", import.meta.url) });
