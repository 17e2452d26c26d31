export {
  startSerpapiTwin,
  type SerpapiTwin,
  type SerpapiTwinOptions,
  type TwinSearch,
} from "./twin/start-serpapi-twin.ts";
export type { TwinReply } from "./twin/answer-search.ts";
