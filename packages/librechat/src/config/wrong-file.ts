import { isRecord } from "../is-record.ts";

/** A file of another program that was given by mistake: its kind, and the file to give instead. */
export interface WrongFile {
  readonly is: string;
  readonly advice: string;
}

type Values = { readonly [key: string]: unknown };

/** Keys that only a librechat.yaml has. */
const own = ["endpoints", "modelSpecs", "mcpServers", "interface", "fileConfig", "registration", "speech", "balance"];

const mounted = "Name the file that is mounted as /app/librechat.yaml.";

const kinds: readonly (WrongFile & { readonly fits: (value: Values) => boolean })[] = [
  {
    is: "a Docker compose file",
    advice: mounted,
    fits: ({ services }) =>
      Object.values(record(services)).some((one) =>
        ["image", "build", "container_name", "volumes", "environment", "extends", "ports"].some(
          (key) => key in record(one),
        ),
      ),
  },
  {
    is: "a Kubernetes manifest",
    advice: "Save the librechat.yaml under `data` as a separate file, and name that file.",
    fits: ({ apiVersion, kind }) => typeof apiVersion === "string" && typeof kind === "string",
  },
  {
    is: "a file of Helm values",
    advice:
      "Save the configuration inside it, such as `librechat.configYamlContent`, as a separate file, and name that file.",
    fits: ({ librechat, replicaCount, image }) =>
      typeof replicaCount === "number" ||
      typeof record(image)["repository"] === "string" ||
      Object.keys(record(librechat)).some((key) => /^(config|imageVolume|existing)/.test(key)),
  },
  {
    is: "a workflow of GitHub Actions",
    advice: mounted,
    fits: ({ jobs }) => Object.values(record(jobs)).some((job) => "runs-on" in record(job)),
  },
  {
    is: "LiteLLM's configuration",
    advice: "LibreChat's own file is librechat.yaml; LiteLLM is one item of its `endpoints.custom`.",
    fits: ({ model_list: list }) => Array.isArray(list),
  },
  {
    is: "a package.json",
    advice: mounted,
    fits: ({ name, dependencies, scripts }) =>
      typeof name === "string" && (isRecord(dependencies) || isRecord(scripts)),
  },
];

/** Is a file another program's? It has that program's keys and none of LibreChat's. */
export function wrongFile(value: unknown, text: string): WrongFile | undefined {
  if (isRecord(value)) {
    if (own.some((key) => Object.hasOwn(value, key))) return undefined;
    const kind = kinds.find(({ fits }) => fits(value));
    return kind && { is: kind.is, advice: kind.advice };
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
  if (lines.length === 0 || !lines.every((line) => /^\s*(?:export\s+)?[A-Z][A-Z0-9_]*=/.test(line))) return undefined;
  return {
    is: "a file of variables (.env)",
    advice: "Name librechat.yaml, and this file with `--env-file`.",
  };
}

function record(value: unknown): Values {
  return isRecord(value) ? value : {};
}
