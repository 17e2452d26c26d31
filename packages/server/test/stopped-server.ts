// The program that `until-stopped.test.ts` starts and stops.
import { serveApp, untilStopped } from "@llm-provider/server";
import { Hono } from "hono";

const stopped = untilStopped();
const app = new Hono().get("/hang", () => new Promise<Response>(() => undefined));
const server = await serveApp(app);
console.log(server.url);
await stopped;
await server.close();
