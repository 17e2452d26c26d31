export type { LangChainCallOptions, LangChainModel, LangChainOptions } from "./lang-chain-model.ts";
export { toLangChain, toLangChainEmbeddings, type LangChainEmbeddingsOptions } from "./to-lang-chain.ts";
