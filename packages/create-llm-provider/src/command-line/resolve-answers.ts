import { resolve } from "node:path";
import { readRegularText } from "@llm-provider/core/internal/files";
import { defineProvider, ProviderError } from "@llm-provider/core";
import type { Answers } from "../answers/answers-schema.ts";
import { normaliseGiven } from "../answers/normalise-given.ts";
import { checkAnswers, answerProblem } from "../answers/parse-answers.ts";
import { type MachineFacts, completeAnswers } from "../context/complete-answers.ts";
import type { Measured } from "../context/template-context.ts";
import { folderOf } from "../context/plan-package.ts";
import { ExitError } from "../exit-error.ts";
import { parseManifest } from "../write/manifest.ts";
import { checkFree } from "../write/write-package.ts";
import { ask } from "./ask.ts";
import type { Host } from "./host.ts";
import type { CreateOptions } from "./read-command-line.ts";
import { templateContext } from "../context/template-context.ts";

type Given = { readonly [name: string]: unknown };

/** The checked answers, and the names of those that a person or a file gave. */
export interface ResolvedAnswers {
  answers: Answers;
  given: Given;
  /** The hashes of a package's manifest, if that is the config file. */
  facts: MachineFacts;
  /** The results of a probe of the endpoint. */
  measured?: Measured;
  /** The changes to the answers, as sentences. */
  notes: string[];
}

/** A flag wins over the config file, that over a question, that over the default. `canAsk`: is there a person to ask? */
export async function resolveAnswers(options: CreateOptions, host: Host, canAsk: boolean): Promise<ResolvedAnswers> {
  const config = options.config ? await readConfig(resolve(host.root, options.config)) : { given: {}, facts: {} };
  const isManifest = Object.keys(config.facts).length > 0;
  const { given: meant, notes } = isManifest
    ? { given: { ...config.given, ...options.given }, notes: [] }
    : normaliseGiven({ ...config.given, ...options.given });
  let given: Given = meant;
  // Mistakes are reported before any question, and before missing answers.
  let checked = checkAnswers(given);
  const checkPlace = (id: string) =>
    checkFree(folderOf({ id, dir: given["dir"] as string | undefined }, host), host.inWorkspace);
  if (typeof given["id"] === "string") checkPlace(given["id"]);
  if (canAsk) {
    const asked = await ask(given, checkPlace);
    if (asked !== given) {
      const normalised = normaliseGiven(asked);
      notes.push(...normalised.notes);
      checked = checkAnswers((given = normalised.given));
    }
  }
  if (checked.answers) {
    let { answers } = checked;
    if (options.fetchModels && !answers.models) {
      answers = { ...answers, models: await fetchModels(answers, host) };
      given = { ...given, models: answers.models };
      notes.push(
        `${answers.models!.length} models fetched. The first, ${answers.models![0]}, became smallModel: choose the cheapest.`,
      );
    }
    return { answers, given, facts: config.facts, notes };
  }
  const missing = checked.missing.map((name) => (name === "id" ? "an id" : "a base URL (--base-url)"));
  const sentence = `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} needed, and there is no terminal for the question.`;
  throw new ExitError(
    2,
    `${sentence[0]!.toUpperCase()}${sentence.slice(1)}\nTry: ${host.program} acme --base-url https://api.acme.ai/v1`,
  );
}

/** The answers in a config file, not checked yet; a package's manifest is one too. */
async function readConfig(path: string): Promise<{ given: Given; facts: MachineFacts }> {
  const text = readRegularText(path, { name: `The config file ${path}` });
  if (text === undefined) throw new ExitError(2, `The config file ${path} cannot be read (ENOENT).`);
  const manifest = parseManifest(text);
  if (manifest) {
    const { created, ownNode, nested, ...answers } = manifest.answers;
    const isGiven = (value: unknown) => value !== "" && !(Array.isArray(value) && value.length === 0);
    const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => isGiven(value)));
    // The variable in a manifest was confirmed before.
    return { given: { ...given, confirmKeyEnv: true }, facts: { created, ownNode, nested } };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ExitError(2, `The config file ${path} is not valid JSON. See --print-schema for its fields.`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ExitError(2, `The config file ${path} must contain one JSON object. See --print-schema for its fields.`);
  }
  const { $schema: _, ...given } = value as { [name: string]: unknown };
  return { given, facts: {} };
}

/**
 * The endpoint's own list of models (`GET /models`), with the key of the environment; ids that cannot be written to a file are left out.
 * Throws an `ExitError` (1) with the endpoint's words.
 */
async function fetchModels(answers: Answers, { environment, resources }: Host): Promise<string[]> {
  const { definition } = templateContext(completeAnswers(answers, {}), resources.versions, false);
  if (!definition) throw new ExitError(2, "A tool has no models: leave --fetch-models out.");
  const { auth, baseURL } = definition;
  const apiKey = auth === "none" ? undefined : environment[auth.env];
  if (auth !== "none" && !apiKey)
    throw new ExitError(
      2,
      `--fetch-models sends a request to ${new URL(baseURL).host} with ${auth.env}, which is not set.`,
    );
  try {
    const found = await defineProvider(definition)({ apiKey, maxRetries: 0, timeout: 10_000 }).models();
    const ids = found.map(({ id }) => id).filter((id) => answerProblem("models", [id]) === undefined);
    if (ids.length > 0) return [...new Set(ids)].slice(0, 500);
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    throw new ExitError(
      1,
      `The models could not be fetched: ${error.message} Leave --fetch-models out, or name them with --models.`,
    );
  }
  throw new ExitError(1, `${baseURL}/models names no model. Name them with --models.`);
}
