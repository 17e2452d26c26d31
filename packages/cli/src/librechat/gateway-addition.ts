import { explainEndpoint, toEndpoint, type EndpointOptions } from "@llm-provider/librechat";
import { usageError } from "@llm-provider/testing/command";
import type { CliIo } from "../cli-io.ts";
import { GatewaySource } from "../gateway-source.ts";
import { loadPackage } from "../load-package.ts";
import type { NamedAddition } from "./load-addition.ts";

/** Values of the options about a gateway. */
export interface GatewayChoice {
  /** The gateway's own configuration. */
  readonly gateway: string;
  /** The gateway's URL for LibreChat. */
  readonly gatewayUrl?: string;
}

/** The header that names the user, unless the client's `perUser` names another. */
const userHeader = "x-user";

/** A gateway as one endpoint of LibreChat: every public model with its window and price, and a header that names the user. */
export async function gatewayAddition(
  options: EndpointOptions,
  { gateway: file, gatewayUrl }: GatewayChoice,
  io: CliIo,
): Promise<NamedAddition> {
  if (options.keys === "user")
    throw usageError(
      "A gateway's key is LibreChat's, not each user's: leave `--keys user` out. A header names the user.",
    );
  const gateway = await loadPackage("@llm-provider/gateway", `librechat add gateway --gateway ${file}`);
  const source = new GatewaySource(gateway, { file, names: [], isTwin: false, needsKeys: false }, io);
  const config = await source.read();
  const names = Object.keys(config.clients ?? {});
  const client = names.find((name) => name.toLowerCase() === "librechat") ?? names[0];
  const keyVariable = client === undefined ? undefined : source.variableAt(["clients", client, "key"]);
  if (client !== undefined && keyVariable === undefined)
    throw usageError(
      `${file} itself contains the key of ${client}, and a key is never copied. Replace it there by a variable, such as key: "\${LLM_GATEWAY_KEY}".`,
    );
  const baseURL = gatewayUrl ?? addressOf(config.listen, gateway.defaultPort);
  const definition = await gateway
    .describeGateway(config, {
      load: source.load,
      baseURL,
      ...(client !== undefined && { client }),
      ...(keyVariable !== undefined && { keyVariable }),
    })
    .catch((error: unknown) => {
      throw error instanceof gateway.ConfigError ? source.toError(error.problems) : error;
    });
  const endpoint = toEndpoint(definition, options);
  const perUser = (client === undefined ? undefined : config.clients?.[client]?.perUser) ?? userHeader;
  const header = { [perUser]: "{{LIBRECHAT_USER_ID}}" };
  return {
    name: endpoint.name,
    addition: { endpoint: { ...endpoint, headers: { ...endpoint.headers, ...header } } },
    lines: explainEndpoint(definition, options),
    notes: [],
    variable: keyVariable,
    page: undefined,
  };
}

/** The address that a client on the same machine, or in the same network of containers, uses. */
function addressOf(listen: string | undefined, defaultPort: number): string {
  const [, host = "127.0.0.1", port = String(defaultPort)] = /^(.*):(\d+)$/.exec(listen ?? "") ?? [];
  const isEverywhere = host === "0.0.0.0" || host === "[::]";
  return `http://${isEverywhere ? "gateway" : host}:${port}/v1`;
}
