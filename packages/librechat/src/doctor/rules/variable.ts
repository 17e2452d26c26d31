import { isAzureStart } from "./azure-group.ts";
import { pathText, stringValues, type Path } from "../../config/config-path.ts";
import type { Finding, Rule } from "../rule.ts";
import { readForeignVariable } from "../../config/read-foreign-variable.ts";
import { isKeyPlace, isSecretPlace } from "../../config/secret-place.ts";

/** LibreChat's own secrets, which it never passes on. */
const unexpandable = new Set([
  "JWT_SECRET",
  "JWT_REFRESH_SECRET",
  "CREDS_KEY",
  "CREDS_IV",
  "MEILI_MASTER_KEY",
  "MONGO_URI",
  "REDIS_URI",
  "REDIS_PASSWORD",
]);

const unset =
  'LibreChat leaves a variable that is unset or empty unchanged: "Missing API Key" comes with the first request, not when it starts (https://github.com/danny-avila/LibreChat/issues/5070).';

const unsetInAzure =
  'In a group of Azure, LibreChat replaces variables when it starts, and stops at one that is unset: "Azure configuration environment variable … was not found" (read in librechat-data-provider 0.8.524, azure.ts).';

export const variable: Rule = {
  id: "variable",
  severity: "error",
  why: "LibreChat expands only ${NAME}; a doubled $ stays in the value (https://github.com/danny-avila/LibreChat/issues/9001).",
  *check({ file, config, environment }) {
    for (const [path, text] of stringValues(config)) {
      const at = { value: path };
      const named = [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name!);
      if (named.length > 0 && isPlainPlace(path)) {
        yield {
          at,
          message: `\`${pathText(path)}\` contains a variable, which LibreChat does not expand there.`,
          fix: "Write the value itself.",
          why: "Variables are expanded only where a secret or a URL belongs (https://github.com/danny-avila/LibreChat/issues/9561).",
        };
        continue;
      }
      if (!isSecretPlace(path) && !isAzureStart({ config }, path)) continue;
      const spelling = misspelling(path, text);
      if (spelling) {
        const range = file.nodeAt(path)?.range;
        const wrong =
          range && /\$\$(?=\{?\w)|(?<=^["']?)\$(?=[A-Za-z_])(\w+)(?=["']?$)/.exec(file.text.slice(range[0], range[1]));
        const start = wrong && range ? range[0] + wrong.index : 0;
        const right = wrong?.[1] === undefined ? "$" : `\${${wrong[1]}}`;
        yield {
          at,
          ...spelling,
          ...(wrong && { edits: [{ start, end: start + wrong[0].length, text: right }] }),
        };
        continue;
      }
      for (const name of named) {
        const trouble = troubleWith(name, environment);
        if (trouble)
          yield {
            at,
            ...trouble,
            ...(trouble.why === unset && isAzureStart({ config }, path) && { why: unsetInAzure }),
          };
      }
    }
  },
};

/** Names of things, which LibreChat takes unchanged. */
function isPlainPlace([top, second, , key, ...rest]: Path): boolean {
  if (top !== "endpoints" || second !== "custom") return false;
  return (
    ["name", "titleModel", "modelDisplayLabel", "dropParams"].includes(String(key)) ||
    (key === "models" && rest[0] === "default")
  );
}

function misspelling(path: Path, text: string): Omit<Finding, "at"> | undefined {
  const place = `\`${pathText(path)}\``;
  if (/\$\$\{?\w/.test(text))
    return {
      message: `${place} has two $ before its variable: one of them stays in the value.`,
      fix: "Write one $; only docker compose files need two.",
    };
  const [, braced] = /\$\{(\w+)\}\}/.exec(text) ?? [];
  if (braced !== undefined)
    return { message: `${place} has one } too many: it stays in the value.`, fix: `Write \${${braced}}.` };
  if (/\$\{[^}]*$/.test(text))
    return { message: `${place} opens a variable with \${ and does not close it.`, fix: "Write ${NAME}." };
  const [, odd] = /\$\{([^}]*)\}/.exec(text) ?? [];
  if (odd !== undefined && !/^[A-Za-z_]\w*$/.test(odd)) {
    const [, name] = /([A-Za-z_]\w*)\s*\}?$|^\s*([A-Za-z_]\w*)/.exec(odd.replace(/:?[-?=+].*$/, "")) ?? [];
    return {
      message: `${place} has more than a name between the braces; LibreChat looks for a variable of exactly that name.`,
      fix: `Write \${${name?.replace(/^(?:env|process|secrets)$/, "NAME") ?? "NAME"}}; LibreChat knows no defaults.`,
    };
  }
  const { scheme, notation = "", name = "" } = readForeignVariable(text) ?? {};
  const unchanged = { message: `${place} is sent unchanged: only \${NAME} is a variable.`, fix: `Write \${${name}}.` };
  const isWord = /^[A-Za-z_]/.test(name);
  if (isWord && (notation === "$" || (scheme === "" && ["$()", "%%", "{}", "{}$"].includes(notation))))
    return unchanged;
  if (path[0] === "endpoints" && isKeyPlace(path)) {
    if (scheme === "" && /^\{\{\s*\}\}$/.test(notation) && /^[A-Z][A-Z0-9_]*$/.test(name) && !/LIBRECHAT_/.test(name)) {
      return {
        message: `${place} is sent unchanged: {{...}} is for users' data, not for variables.`,
        fix: `Write \${${name}}.`,
      };
    }
    if (scheme === "" && notation === "" && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(name))
      return {
        message: `${place} is the name of a variable, not a variable: that name is sent as the key.`,
        fix: `Write \${${name}}.`,
      };
    if (scheme === "" && /^(process\.env\.|\$?env[.:])$/.test(notation)) return unchanged;
    if (/^user[-_ ]?provided$/i.test(text) && text !== "user_provided")
      return {
        message: `${place} is sent as the key: only \`user_provided\`, spelt so, asks each user for theirs.`,
        fix: "Write user_provided.",
      };
  }
  return undefined;
}

function troubleWith(
  name: string,
  environment: { readonly [name: string]: string } | undefined,
): Omit<Finding, "at"> | undefined {
  if (unexpandable.has(name)) {
    return {
      message: `\${${name}} is one of LibreChat's own secrets, which it never expands.`,
      fix: "Use a separate variable for this.",
      why: "These names are excluded so that the server's secrets do not leave it (read in librechat-data-provider 0.8.524).",
    };
  }
  if (!environment) return undefined;
  if (!Object.hasOwn(environment, name))
    return { message: `The variable ${name} is not set.`, fix: `Add ${name}= to LibreChat's .env.`, why: unset };
  if (environment[name]!.trim() === "")
    return {
      message: `The variable ${name} is set, but empty.`,
      fix: `Give ${name} a value in LibreChat's .env.`,
      why: unset,
    };
  return undefined;
}
