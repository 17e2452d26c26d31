import { checkSecret, serveApp, type RunningServer } from "@llm-provider/server";
import { Hono } from "hono";
import { createInspectorApp, type InspectorEnv } from "./create-inspector-app.ts";
import { InspectorAccess } from "./inspector-access.ts";
import type { InspectorSource } from "./inspector-source.ts";
import { readKeptFile, type KeptProblem } from "./read-kept-file.ts";

/** The most bytes of a request to the page's routes. */
const largestBody = 64 * 1024;

/** Options of an inspector without a gateway. It always listens on loopback. */
export interface InspectorServerOptions {
  /** @default a free port */
  readonly port?: number;
  /**
   * A secret with which programs may inspect: at least 16 visible ASCII characters.
   * @default none
   */
  readonly token?: string;
  /**
   * Gets the link that opens the page once, and a new one after each use.
   * @default none
   */
  readonly onLink?: (link: string) => void;
}

/** A running inspector. */
export interface InspectorServer extends RunningServer {
  /** The current link, which opens the page once. It changes after each use. */
  readonly link: string;
}

/** An inspector for a kept file. */
export interface InspectedFile extends InspectorServer {
  /** Lines that are not requests. */
  readonly problems: readonly KeptProblem[];
}

/**
 * Serves the page for a file that `--keep` wrote. It neither sends requests nor changes the file.
 * @throws Error if the file is missing or the port is in use.
 */
export async function inspectFile(
  path: string,
  { name, ...options }: InspectorServerOptions & { readonly name?: string } = {},
): Promise<InspectedFile> {
  const { source, problems } = readKeptFile(path, name);
  const server = await serveInspector(source, options);
  return Object.assign(server, { problems });
}

/** Serves the page for a source on loopback. */
export async function serveInspector(
  source: InspectorSource,
  { port, token, onLink }: InspectorServerOptions = {},
): Promise<InspectorServer> {
  if (token !== undefined) checkSecret(token, "the option token");
  let base: string | undefined;
  let current = "";
  const linkNow = (): string => `${base}/inspector#token=${current}`;
  const access = new InspectorAccess({
    clients: () => undefined,
    ...(token !== undefined && { operatorToken: token }),
    onToken(next) {
      current = next;
      if (base !== undefined) onLink?.(linkNow());
    },
  });
  const inspector = createInspectorApp({ source: () => source, access, allowedHosts: () => [] });
  const app = new Hono<InspectorEnv>().get("/", (context) => context.redirect("/inspector"));
  const server = await serveApp(app.route("/inspector", inspector.app), {
    ...(port !== undefined && { port }),
    maxBody: largestBody,
    timeout: 0,
  });
  base = server.url;
  onLink?.(linkNow());
  return {
    url: base,
    get link() {
      return linkNow();
    },
    close(how) {
      inspector.close();
      return server.close(how);
    },
  };
}
