export { serveSearxng, type SearxngOptions } from "./searxng/serve-searxng.ts";
