export { toAiSdk, type AiSdkProvider } from "./to-ai-sdk.ts";
