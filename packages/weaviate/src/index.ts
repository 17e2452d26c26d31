export { listCollections } from "./list-collections.ts";
export type { Collection, Property } from "./search/read-collection.ts";
export type { PassageProperties } from "./search/read-passages.ts";
export type { SearchFilter, SearchInput, SearchRequest } from "./search/search-input.ts";
export type { Passage, SearchMode, SearchOutput } from "./search/search-output.ts";
export type { Embed, SearchSettings } from "./search/search.ts";
export { defineWeaviate, weaviate } from "./weaviate.ts";
