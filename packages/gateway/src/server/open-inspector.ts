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

/** What the inspector of a gateway is given. */
export interface GatewayInspector {
  /**
   * Says what an error means.
   * @default the error's own words and hint
   */
  readonly explain?: NonNullable<InspectContext["explain"]>;
  /**
   * A file to which every request is appended when it has ended, bodies included.
   * @default none
   */
  readonly keep?: string;
  /**
   * A secret with which the operator's programs may inspect, 16 visible ASCII characters or more. Where there are clients, one of
   * them needs `inspect` instead.
   * @default none
   */
  readonly token?: string;
  /**
   * Gets the address of the page as soon as the gateway listens. It opens the page once: a new one is told after each use. Where
   * there are clients, the page asks for a key instead.
   * @default none
   */
  readonly onLink?: (link: string) => void;
}

/** The inspector of a gateway that is being started. */
export interface OpenInspector {
  readonly app: Hono<InspectorEnv>;
  /** What requests are recorded in with this configuration; undefined if no client may inspect and no file is written. */
  ringFor(config: GatewayConfig): Ring | undefined;
  /** The gateway listens. */
  begin(url: string): void;
  /** Lets go of those who look. */
  leave(): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

interface Opening extends GatewayInspector {
  readonly current: () => GatewayState;
  /** Everything that must not be shown. */
  readonly secrets: () => readonly string[];
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly warn: (sentence: string) => void;
}

/** @throws Error with a sentence where the token is too short; FileRefusal where the file for `keep` is not one to append to. */
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
    // Without clients nothing but the machine's own name protects it.
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
