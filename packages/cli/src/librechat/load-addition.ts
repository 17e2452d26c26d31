import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ProviderFactory, ToolFactory } from "@llm-provider/core";
import { readRegularText } from "@llm-provider/core/internal/files";
import {
  explainEndpoint,
  liveNotes,
  toEndpoint,
  toMcpServer,
  toRemoteMcpServer,
  type EndpointOptions,
  type ExplainedLine,
  type LibreChatEndpoint,
  type McpServer,
  type ToolCommand,
} from "@llm-provider/librechat";
import { loadPackage, loadProvider, toolIn, usageError, type LoadedPackage } from "@llm-provider/testing/command";
import type { CliIo } from "../cli-io.ts";
import { tools, type KnownTool } from "../providers.generated.ts";

/** A package for LibreChat: an endpoint, or a tool that it starts as an MCP server. */
export interface NamedAddition {
  /** Its name in LibreChat. */
  readonly name: string;
  readonly addition: { endpoint: LibreChatEndpoint } | { mcpServer: McpServer; name: string };
  /** For an endpoint: the fact behind each line. */
  readonly lines: readonly ExplainedLine[];
  /** What was measured on a running LibreChat, what LibreChat cannot do with an endpoint, what a server needs. */
  readonly notes: readonly string[];
  /** The variable that LibreChat's .env must set. */
  readonly variable: string | undefined;
  /** The page where a person gets the key. */
  readonly page: string | undefined;
}

/** Which of two servers a tool is added as. */
export interface ServerChoice {
  /** The vendor's own MCP server in place of ours. */
  readonly builtin?: boolean;
  /** Where it runs. */
  readonly url?: string;
}

/** The named provider or tool: one that comes with the program, a path, or a package installed here. */
export async function loadAddition(
  name: string,
  options: EndpointOptions,
  io: CliIo,
  choice: ServerChoice = {},
): Promise<NamedAddition> {
  const own = name.replace(/^@llm-provider\//, "");
  if (choice.builtin) return builtinOf(own, choice.url);
  if (Object.hasOwn(io.providers, own)) return endpointOf(await loadProvider(own, io, io.providers), options);
  const tool = Object.hasOwn(tools, own) ? tools[own] : undefined;
  if (tool) return serverOf(tool, npx(tool.package, tool.version));
  const loaded = await loadPackage(name, io, io.providers);
  if (loaded.provider) return endpointOf(loaded.provider, options);
  const found = toolIn(loaded.module);
  if (found) return serverOf(found.definition, startOf(name, loaded, io));
  throw usageError(
    `${name} exports neither a provider nor a tool. Export the result of \`defineProvider\` or \`defineTool\`.`,
  );
}

function endpointOf({ definition }: ProviderFactory, options: EndpointOptions): NamedAddition {
  const endpoint = toEndpoint(definition, options);
  return {
    name: endpoint.name,
    addition: { endpoint },
    lines: explainEndpoint(definition, options),
    notes: liveNotes(definition),
    variable: /^\$\{(\w+)\}$/.exec(endpoint.apiKey)?.[1],
    page: definition.auth === "none" ? undefined : definition.auth.page,
  };
}

type ToolDefinition = ToolFactory<unknown, unknown>["definition"];

function serverOf(
  { id, auth, variables }: Pick<ToolDefinition, "id" | "auth"> & Pick<KnownTool, "variables">,
  command: ToolCommand,
): NamedAddition {
  return mcpAddition(id, auth, toMcpServer({ auth, ...(variables && { variables }) }, command));
}

/** The server that the vendor's own program brings. */
function builtinOf(name: string, url: string | undefined): NamedAddition {
  const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (!tool?.builtin) {
    const names = Object.values(tools).flatMap(({ id, builtin }) => (builtin ? [id] : []));
    throw usageError(
      `\`--builtin\` is for a vendor's own MCP server, and ${name} has none: ${names.join(", ")} has one.`,
    );
  }
  const { id, auth, builtin } = tool;
  const address = url ?? builtin.url;
  if (!/^https?:\/\//.test(address) || !URL.canParse(address) || new URL(address).username || /[?#]/.test(address))
    throw usageError(`\`--url\` takes a web address without a password, a query or a hash, such as ${builtin.url}.`);
  const named = mcpAddition(id, auth, toRemoteMcpServer(address, auth.env));
  return { ...named, notes: [`${id} needs ${builtin.needs}: ${builtin.page}`] };
}

function mcpAddition(name: string, auth: ToolDefinition["auth"], mcpServer: McpServer): NamedAddition {
  return {
    name,
    addition: { name, mcpServer },
    lines: [],
    notes: [],
    variable: auth === "none" ? undefined : auth.env,
    page: auth === "none" ? undefined : auth.page,
  };
}

/** A pinned version that was reviewed: otherwise any future version would run unseen, with the key. */
function npx(name: string, version: string): ToolCommand {
  return { command: "npx", args: ["-y", `${name}@${version}`] };
}

type Manifest = { name: string; version: string; bin?: string | Record<string, string> };

/** A package named by its path may not be published yet, so LibreChat starts it from that path. */
function startOf(name: string, { folder, isLocal }: LoadedPackage, io: CliIo): ToolCommand {
  const root = rootOf(folder);
  const manifest = JSON.parse(readRegularText(join(root, "package.json")) ?? "{}") as Manifest;
  const bin = typeof manifest.bin === "string" ? manifest.bin : Object.values(manifest.bin ?? {})[0];
  if (bin === undefined)
    throw usageError(
      `${name} is a tool without a server: its package.json names no \`bin\`. Add one that calls \`serveTools\` of @llm-provider/mcp.`,
    );
  if (!isLocal) return npx(manifest.name, manifest.version);
  io.err(
    `LibreChat starts ${manifest.name} from ${root}, so that folder must exist on LibreChat's machine. Once it is published, add it by its name.\n`,
  );
  return { command: "node", args: [resolve(root, bin)] };
}

function rootOf(folder: string): string {
  return existsSync(join(folder, "package.json")) || dirname(folder) === folder ? folder : rootOf(dirname(folder));
}
