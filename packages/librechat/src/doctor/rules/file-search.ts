import type { Rule } from "../rule.ts";
import { viewFileSearch } from "../view-file-search.ts";

export const fileSearch: Rule = {
  id: "file-search",
  severity: "info",
  why: 'LibreChat searches files through the service at RAG_API_URL; without one, an upload ends with "RAG_API_URL not defined" (https://github.com/danny-avila/LibreChat/issues/6057).',
  *check({ config, environment }) {
    if (!environment) return;
    const isSet = (environment["RAG_API_URL"] ?? "") !== "";
    const { state, at } = viewFileSearch(config);
    if (state === "named" && !isSet) {
      // No warning: the compose file, which the doctor does not see, may set it.
      yield {
        at,
        message: "`endpoints.agents.capabilities` names file_search, but LibreChat's .env does not set RAG_API_URL.",
        fix: "Run npx llm-provider rag, and add RAG_API_URL=http://localhost:8000 to the .env; in Docker, http://host.docker.internal:8000. LibreChat's own docker-compose.yml sets the variable itself.",
      };
    }
    if (state === "left out" && isSet) {
      yield {
        at,
        message:
          "LibreChat's .env sets RAG_API_URL, but `endpoints.agents.capabilities` does not name file_search: file search is switched off.",
        fix: "Add file_search to the list if files are to be searched.",
        why: 'A list replaces LibreChat\'s own, which names file_search; without it, an upload for file search ends with "File search is not enabled for Agents" (read in librechat-data-provider 0.8.524, config.ts, and in Files/process.js, 2026-11-29).',
      };
    }
  },
};
