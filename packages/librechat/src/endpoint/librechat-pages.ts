/** The sources of our facts about LibreChat, each with the day it was read. */
export const librechatPages = {
  endpoint: [
    "https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/custom_endpoint",
    "2026-11-22",
  ],
  shared: [
    "https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/shared_endpoint_settings",
    "2026-11-22",
  ],
  request: [
    "https://github.com/danny-avila/LibreChat/blob/main/packages/api/src/endpoints/openai/llm.ts",
    "2026-11-22",
  ],
  initialize: [
    "https://github.com/danny-avila/LibreChat/blob/main/packages/api/src/endpoints/custom/initialize.ts",
    "2026-11-22",
  ],
  run: ["https://github.com/danny-avila/LibreChat/blob/main/packages/api/src/agents/run.ts", "2026-11-22"],
  engine: ["https://www.npmjs.com/package/@librechat/agents/v/3.9.2", "2026-11-22"],
  webSearch: ["https://github.com/danny-avila/LibreChat/issues/9793", "2026-11-22"],
  usage: ["https://github.com/danny-avila/LibreChat/issues/13234", "2026-11-22"],
  reasoning: ["https://github.com/danny-avila/LibreChat/issues/12775", "2026-11-22"],
  history: ["https://github.com/danny-avila/LibreChat/pull/13921", "2026-11-22"],
  windows: ["https://github.com/danny-avila/LibreChat/blob/main/packages/api/src/utils/tokens.ts", "2026-11-22"],
} as const;
