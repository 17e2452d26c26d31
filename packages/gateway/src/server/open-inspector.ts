import { isLoopback } from "@llm-provider/core/internal";
import { checkSecret } from "@llm-provider/server";
import type { Hono } from "hono";
import type { GatewayConfig } from "../config/config.ts";
import { createInspectorApp, type InspectorEnv } from "../inspector/create-inspector-app.ts";
import { InspectorAccess } from "../inspector/inspector-access.ts";
import { keepAll } from "../inspector/keep-file.ts";
import type { InspectContext } from "../inspector/to-inspected.ts";
import { Ring } from "../recording/ring.ts";
import type { GatewayState } from "./gateway-state.ts";
import { inspectGateway } from "./inspect-gateway.ts";

/** Options of a gateway's inspector. */
export interface GatewayInspector {
  /**
   * Explains an error.
   * @default the error's own words and hint
   */
  readonly explain?: NonNullable<InspectContext["explain"]>;
  /**
   * A file to which every finished request is appended, including bodies.
   * @default none
   */
  readonly keep?: string;
  /**
   * A secret with which the operator's programs may inspect: at least 16 visible ASCII characters. If the configuration has
   * clients, one of them needs `inspect` instead.
   * @default none
   */
  readonly token?: string;
  /**
   * Gets the page's link as soon as the gateway listens. A link opens the page once, so the function gets a new one after each
   * use. If the configuration has clients, the page asks for a key instead.
   * @default none
   */
  readonly onLink?: (link: string) => void;
}

/** An open inspector, for the gateway that starts it. */
export interface OpenInspector {
  readonly app: Hono<InspectorEnv>;
  /** The ring that records requests with this configuration. Undefined if nobody may inspect and no file is written. */
  ringFor(config: GatewayConfig): Ring | undefined;
  /** Called when the gateway listens. */
  begin(url: string): void;
  /** Closes the connections of open pages, and stops replays. */
  leave(): void;
  /** Writes pending requests to the file. */
  close(): Promise<void>;
}

interface Opening extends GatewayInspector {
  readonly current: () => GatewayState;
  /** Secrets that must not be shown. */
  readonly secrets: () => readonly string[];
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly warn: (sentence: string) => void;
}

/** @throws Error if the token is too short; FileRefusal if the file for `keep` cannot be appended to. */
export function openInspector(opening: Opening): OpenInspector {
  const { current, secrets, host, allowedHosts, warn, explain, keep, token, onLink } = opening;
  if (token !== undefined) checkSecret(token, "the environment variable LLM_INSPECTOR_TOKEN");
  const closing = new AbortController();
  const ring = new Ring(() => (token === undefined ? secrets() : [...secrets(), token]));
  const source = inspectGateway(ring, current, explain, closing.signal);
  const keeping =
    keep === undefined ? undefined : keepAll(ring, keep, { targets: [], ...(explain && { explain }) }, warn);
  let url: string | undefined;
  let linkToken = "";
  const tellLink = (): void => {
    if (url !== undefined) onLink?.(`${url}/inspector${current().config.clients ? "" : `#token=${linkToken}`}`);
  };
  const access = new InspectorAccess({
    clients: () => current().config.clients,
    ...(token !== undefined && { operatorToken: token }),
    onToken(next) {
      linkToken = next;
      tellLink();
    },
  });
  const isOpen = ({ clients, inspector }: GatewayConfig): boolean =>
    inspector && (clients ? Object.values(clients).some(({ inspect }) => inspect) : isLoopback(host));
  const mayLook = (): boolean => current().ring !== undefined && isOpen(current().config);
  const { app, close: closeFeeds } = createInspectorApp({
    source: () => (mayLook() ? source : undefined),
    access,
    // Without clients, only the check of the host name protects the page.
    allowedHosts: () => (current().config.clients ? [host, ...allowedHosts] : []),
  });
  return {
    app,
    ringFor: (config) => (isOpen(config) || keeping ? ring : undefined),
    begin(address) {
      url = address;
      if (mayLook()) tellLink();
    },
    leave() {
      closeFeeds();
      closing.abort();
    },
    async close() {
      await keeping?.();
      ring.close();
    },
  };
}
