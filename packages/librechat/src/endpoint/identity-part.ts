import type { Definition } from "@llm-provider/core";
import type { LibreChatEndpoint } from "../librechat-endpoint.ts";
import { explainer, type Part } from "./explained-line.ts";
import { librechatPages } from "./librechat-pages.ts";

/** The endpoint's identity: name, key, URL, label, and a header if the endpoint does not take the key in LibreChat's way. */
export function identityPart(definition: Definition, keys: "env" | "user"): Part {
  const { id, name, docs, auth, librechat: known } = definition;
  const line = explainer(definition);
  const page = known?.source ?? librechatPages.endpoint;
  const baseURL = known?.baseURL ?? definition.baseURL;
  const lines = [
    line(
      ["name"],
      known
        ? `LibreChat's own name for ${name}; stored keys and the icon depend on it.`
        : "The name in LibreChat's menu.",
      page,
    ),
    auth === "none"
      ? line(["apiKey"], "No key is needed, but LibreChat hides an endpoint without one.", librechatPages.endpoint)
      : keys === "user"
        ? line(["apiKey"], "Each user enters their own key.", librechatPages.endpoint)
        : known?.env
          ? line(["apiKey"], `Not \${${auth.env}}: that variable re-routes LibreChat's built-in OpenAI endpoint.`, page)
          : line(
              ["apiKey"],
              `Read from the environment when a request is made. Make a key at ${auth.page}`,
              librechatPages.endpoint,
            ),
    known?.baseURL
      ? line(
          ["baseURL"],
          `${name}'s OpenAI-compatible API. From a container, use host.docker.internal instead of localhost.`,
          page,
        )
      : line(["baseURL"], `The URL of ${name}; LibreChat adds /chat/completions.`, librechatPages.endpoint),
    line(["modelDisplayLabel"], "The label beside an answer.", librechatPages.endpoint),
  ];
  const headers = keyHeaders(definition, known?.env);
  if (headers && keys === "env") {
    for (const header of Object.keys(headers)) {
      lines.push({
        path: ["headers", header],
        fact: `${name} reads the key here; LibreChat itself sends it only as Authorization: Bearer.`,
        source: { url: docs },
      });
    }
  }
  const values: Partial<LibreChatEndpoint> = {
    name: known?.name ?? name,
    apiKey: auth === "none" ? id : keys === "user" ? "user_provided" : `\${${known?.env ?? auth.env}}`,
    baseURL,
    modelDisplayLabel: name,
    ...(headers && keys === "env" ? { headers } : {}),
  };
  return { keys: values, lines };
}

/** The key's header, if it is not `Authorization: Bearer`. */
function keyHeaders({ auth }: Definition, env: string | undefined): { [header: string]: string } | undefined {
  if (auth === "none") return undefined;
  const { header = "authorization", scheme = "Bearer" } = auth;
  if (header.toLowerCase() === "authorization" && scheme === "Bearer") return undefined;
  const prefix = header.toLowerCase() === "authorization" || auth.scheme ? `${scheme} ` : "";
  return { [header]: `${prefix}\${${env ?? auth.env}}` };
}
