// Starts @musistudio/llms, the server in claude-code-router: node start-llms.js <port> <URL of the upstream>
import { createRequire } from "node:module";
import { join } from "node:path";

type Server = new (options: object) => { start(): Promise<void> };
const [port, upstream] = process.argv.slice(2);
const peers = createRequire(join(import.meta.dirname, "../../gateway/peers/"));
const found = peers("@musistudio/llms") as Server | { default: Server };
const Llms = "default" in found ? found.default : found;
const provider = {
  name: "bench",
  api_base_url: `${upstream}/chat/completions`,
  api_key: "unused",
  models: ["bench-model"],
};
const initialConfig = { HOST: "127.0.0.1", PORT: Number(port), LOG: false, providers: [provider] };
await new Llms({ logger: false, initialConfig }).start();
