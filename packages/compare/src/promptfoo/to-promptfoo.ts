import { stringify } from "yaml";
import type { Results } from "../results/results.ts";
import type { Suite } from "../suite/suite.ts";
import { promptText, toEvaluateSummary } from "./evaluate-summary.ts";

/** The input of an export for promptfoo. */
export interface PromptfooExport {
  readonly suite: Suite;
  readonly results: Results;
  /**
   * The package that exports the provider, by `provider:model`.
   * @default `@llm-provider/` and the provider's id
   */
  readonly packages?: { readonly [model: string]: string };
}

/**
 * Returns the files of a promptfoo folder by name: a configuration that asks the same tasks through the same providers and
 * runs the same checks, and the results so far in promptfoo's format. The caller writes the files.
 */
export function toPromptfoo({ suite, results, packages = {} }: PromptfooExport): { readonly [file: string]: string } {
  const models = results.models.map(({ model }) => model);
  const packageOf = (model: string): string =>
    Object.hasOwn(packages, model) ? packages[model]! : `@llm-provider/${model.slice(0, model.indexOf(":"))}`;
  const config = {
    description: `${suite.name}, from llm-provider compare`,
    prompts: [promptText],
    providers: models.map((model) => ({
      id: "file://provider.mjs",
      label: model,
      config: { model, package: packageOf(model) },
    })),
    defaultTest: { assert: [{ type: "javascript", value: "file://assert.mjs" }] },
    tests: suite.tasks.map(({ id }) => ({ description: id, vars: { task: id } })),
    evaluateOptions: { repeat: results.runsPerTask, maxConcurrency: 4, cache: false },
  };
  const needed = ["promptfoo", "@llm-provider/compare", ...new Set(models.map(packageOf))];
  return {
    "promptfooconfig.yaml": `# Install the packages, set the API keys, and run the evaluation in this folder:\n#   npm install ${needed.join(" ")}\n#   npx promptfoo eval\n${stringify(config)}`,
    "provider.mjs": providerFile,
    "assert.mjs": assertFile,
    "suite.json": `${JSON.stringify(suite, null, 2)}\n`,
    "results.json": `${JSON.stringify({ evalId: null, results: toEvaluateSummary(results), config, shareableUrl: null }, null, 2)}\n`,
  };
}

const providerFile = `// Asks the tasks of suite.json. promptfoo passes the config from promptfooconfig.yaml: model, package, and provider options.
import { readFileSync } from "node:fs";
import { createPromptfooProvider } from "@llm-provider/compare";

const suite = JSON.parse(readFileSync(new URL("suite.json", import.meta.url), "utf8"));

export default class {
  constructor({ config }) {
    const { model, package: name, options } = config;
    this.id = () => model;
    this.provider = import(name).then((module) => createPromptfooProvider(suite, model, module, options));
  }

  async callApi(...call) {
    return (await this.provider).callApi(...call);
  }
}
`;

const assertFile = `// Runs the checks of suite.json on an answer.
import { readFileSync } from "node:fs";
import { gradeForPromptfoo } from "@llm-provider/compare";

const suite = JSON.parse(readFileSync(new URL("suite.json", import.meta.url), "utf8"));

export default (output, context) => gradeForPromptfoo(suite, output, context);
`;
