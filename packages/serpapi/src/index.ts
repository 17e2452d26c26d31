export { checkAccount } from "./check-account.ts";
export type { Account } from "./search/read-account.ts";
export { engineIds, type EngineId } from "./search/engines.ts";
export type { SearchInput, SearchRequest } from "./search/search-input.ts";
export type { Answer, Knowledge, Question, SearchOutput, SearchResult } from "./search/search-output.ts";
export { serpapi } from "./serpapi.ts";
