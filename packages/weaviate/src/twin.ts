export {
  startWeaviateTwin,
  type TwinReply,
  type TwinRequest,
  type WeaviateTwin,
  type WeaviateTwinOptions,
} from "./twin/start-weaviate-twin.ts";
export type { TwinCollectionOptions, TwinObject, TwinProperty } from "./twin/twin-collection.ts";
