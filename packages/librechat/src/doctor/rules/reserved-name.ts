import { builtInClients, builtInEndpoints, builtInOfName, builtInVariables } from "../../librechat-names.ts";
import type { Rule } from "../rule.ts";

export const reservedName: Rule = {
  id: "reserved-name",
  severity: "error",
  why: "These names belong to LibreChat's built-in endpoints; its schema refuses them for your own endpoints, and the server exits (read in librechat-data-provider 0.8.524).",
  *check({ endpoints, environment }) {
    for (const { path, value, definition } of endpoints) {
      const { name } = value;
      if (typeof name !== "string") continue;
      const at = { value: [...path, "name"] };
      const fix = `Choose another, e.g. "${definition?.name ?? `${name.trim()} API`}".`;
      if (builtInEndpoints.includes(name) || name === "custom") {
        yield { at, message: `"${name}" is the name of a built-in endpoint.`, fix };
      } else if (builtInClients.has(name.trim().toLowerCase())) {
        yield {
          at,
          message: `The name "${name}" makes LibreChat run this endpoint with its built-in client and the built-in key: \`baseURL\` and \`apiKey\` are not read.`,
          fix,
          why: "LibreChat looks a name up in lower case among its own clients first (read in v0.8.7, endpoints/config/providers.ts; https://github.com/danny-avila/LibreChat/issues/6763).",
        };
      } else {
        const twin = twinInMenu(name, value["apiKey"], environment ?? {});
        if (!twin) continue;
        yield {
          at,
          severity: "info",
          message: `"${name}" is in the menu twice: ${twin.variable} also switches LibreChat's built-in endpoint on.`,
          fix: `Name another variable here, or set ENDPOINTS without ${twin.endpoint}, with all other built-in ones that you use.`,
          why: "The built-in endpoint has the same name in the menu (measured on v0.8.7).",
        };
      }
    }
  },
};

/** The built-in endpoint of the same name, if this endpoint's key variable also switches it on. */
function twinInMenu(
  name: string,
  apiKey: unknown,
  environment: { readonly [name: string]: string },
): { endpoint: string; variable: string } | undefined {
  const endpoint = builtInOfName(name);
  const variable = endpoint === undefined ? undefined : builtInVariables[endpoint]?.apiKey;
  if (endpoint === undefined || variable === undefined || apiKey !== `\${${variable}}`) return undefined;
  const shown = environment["ENDPOINTS"]?.split(",").map((one) => one.trim());
  return environment[variable] && (!shown || shown.includes(endpoint)) ? { endpoint, variable } : undefined;
}
