import { firstKey, keyVariableKind } from "@llm-provider/core/internal";
import * as z from "zod";
import { addressProblem, isPlainHTTP, withoutEndSlash } from "./address.ts";

/** An answer's option on the command line, and its question at a terminal. */
export interface Presentation {
  /** Without the dashes. The id alone has none: it is the first argument. */
  flag?: string;
  /** The placeholder of its value in the help. A flag without one is yes or no. */
  value?: string;
  /** Only answers with a question are asked for; all others have a default. */
  question?: string;
  /** The question may be skipped with Enter. */
  optional?: boolean;
  example?: string;
  /** Yes or no, and no unless given. */
  positive?: boolean;
}

const presentations: z.core.$ZodRegistry<Presentation> = z.registry<Presentation>();

// Names of files beside `src/<id>.ts`.
const takenIds = ["index", "models", "dialect", "wire", "serve", "twin"];
/** Libraries that a provider reaches through a bridge of ours. */
const bridges = ["ai-sdk", "langchain"] as const;
const idPattern = /^[a-z][a-z0-9-]{0,49}$/;
// Long enough for every known id, and without a character that is special in a shell, YAML or an object literal.
const modelPattern = /^[A-Za-z0-9@][A-Za-z0-9._:/@+~=-]{0,89}$/;

const holdsNoKey = (text: string): boolean => firstKey(text) === undefined;
const noKey = (what: string): string =>
  `${what} must not contain an API key. Remove it: the key belongs in an environment variable, and the scaffolder asks only for the name of that variable.`;

const address = (what: string) =>
  z
    .string(`${what} is needed, for example https://api.acme.ai/v1.`)
    .superRefine((text, context) => {
      const problem = addressProblem(text, what);
      if (problem) context.addIssue({ code: "custom", message: problem });
    })
    .transform(withoutEndSlash);

const line = (what: string, pattern: RegExp, rule: string) =>
  z.string().regex(pattern, rule).refine(holdsNoKey, noKey(what));

/**
 * Every answer of the scaffolder. Flags, questions, the config file and its JSON schema are made from this one schema.
 * The order is the order of the questions.
 */
export const answersSchema = z
  .strictObject({
    template: z
      .enum(["provider", "tool"], "The template is provider or tool.")
      .default("provider")
      .describe("The kind of package: an LLM endpoint, or a tool that models call")
      .register(presentations, { flag: "template", value: "provider|tool", question: "What do you want to make?" }),
    id: z
      .string("An id is needed, for example acme.")
      .regex(
        idPattern,
        "An id has 1 to 50 lower-case letters, digits and hyphens, and begins with a letter: acme, acme-ai.",
      )
      .refine(holdsNoKey, noKey("An id"))
      .refine(
        (id) => !takenIds.includes(id),
        `An id cannot be one of ${takenIds.join(", ")}: src has files of these names.`,
      )
      .describe("Short name; also the folder, and a part of the package's name")
      .register(presentations, { value: "id", question: "A short name for it?", example: "acme" }),
    name: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9 .&'+()-]{0,49}$/,
        "A name has up to 50 letters, digits, blanks and . & ' + ( ) - and begins with a letter or digit.",
      )
      .refine(holdsNoKey, noKey("A name"))
      .optional()
      .describe("Its display name, such as xAI")
      .register(presentations, { flag: "name", value: "NAME" }),
    baseURL: address("The base URL")
      .describe("The address of the API: https, or http on this machine or network without a key")
      .register(presentations, {
        flag: "base-url",
        value: "URL",
        question: "The base URL of its API?",
        example: "https://api.acme.ai/v1",
      }),
    apiKeyEnv: z
      .string()
      .refine(
        (name) => name === "none" || (name.length <= 75 && keyVariableKind(name) !== undefined),
        "The key variable is a name such as ACME_API_KEY or ACME_TOKEN (never the key itself), or none if no key is needed.",
      )
      .optional()
      .describe("Environment variable of the key, or none")
      .register(presentations, { flag: "api-key-env", value: "NAME" }),
    confirmKeyEnv: z
      .boolean("confirmKeyEnv is true or false.")
      .default(false)
      .describe("Confirm that a variable such as GOOGLE_CREDENTIALS contains the key")
      .register(presentations, { flag: "confirm-key-env", positive: true }),
    docs: address("The docs page")
      .optional()
      .describe("The API's documentation; marked unread until you have read it")
      .register(presentations, {
        flag: "docs",
        value: "URL",
        question: "The page that documents it? (Enter: none yet)",
        optional: true,
        example: "https://docs.acme.ai",
      }),
    models: z
      .array(
        z
          .string()
          .regex(
            modelPattern,
            "A model id has up to 90 letters, digits and . _ : / @ + ~ = - and starts with a letter or digit.",
          )
          .refine(holdsNoKey, noKey("A model id")),
      )
      .min(1, "Name at least one model, or leave models out.")
      .max(500)
      .refine((models) => new Set(models).size === models.length, "A model is named twice.")
      .optional()
      .describe("Model ids, the small one first")
      .register(presentations, {
        flag: "models",
        value: "a,b",
        question: "Its model ids, the small one first, separated by commas? (Enter: none yet)",
        optional: true,
        example: "acme-small,acme-large",
      }),
    method: z
      .enum(["get", "post"], "The method is get or post.")
      .default("get")
      .describe("How a tool asks its API: with a query, or with a JSON body")
      .register(presentations, { flag: "method", value: "get|post" }),
    dialect: z
      .enum(["chat-completions", "custom"], "The dialect is chat-completions or custom.")
      .default("chat-completions")
      .describe("Wire format: chat-completions, or custom for one that you write")
      .register(presentations, { flag: "dialect", value: "chat-completions|custom" }),
    with: z
      .array(z.enum(bridges, "With takes ai-sdk, langchain, or both, separated by a comma."))
      .refine((names) => new Set(names).size === names.length, "A library is named twice.")
      .default([])
      .describe("Libraries to try it in, each with a test and a README block")
      .register(presentations, { flag: "with", value: "ai-sdk,langchain" }),
    packageManager: z
      .enum(["npm", "pnpm", "yarn", "bun"], "The package manager is npm, pnpm, yarn or bun.")
      .optional()
      .describe("Package manager (default: the one that started this program)")
      .register(presentations, { flag: "pm", value: "npm|pnpm|yarn|bun" }),
    scope: line(
      "A scope",
      /^@?[a-z0-9][a-z0-9-]{0,38}$/,
      "A scope is lower-case letters, digits and hyphens, such as @acme.",
    )
      .transform((scope) => scope.replace(/^@?/, "@"))
      .optional()
      .describe("Scope of the package's name on npm, such as @acme")
      .register(presentations, { flag: "scope", value: "SCOPE" }),
    author: line(
      "An author",
      /^[\p{L}\p{N}][\p{L}\p{N} .,'&+()-]{0,78}( <[^\s<>"'`{}$\\]{3,80}>)?$/u,
      "An author is a name, optionally with an address in < > after it: Ann Lee <ann@acme.ai>.",
    )
      .optional()
      .describe("For package.json and the licence")
      .register(presentations, { flag: "author", value: "NAME" }),
    repository: line(
      "A repository",
      /^((https:\/\/|git@)[a-z0-9.-]+[/:])?[\w.-]{1,60}\/[\w.-]{1,100}$/,
      "A repository is owner/name on GitHub, or an address such as https://github.com/acme/llm-provider-acme.",
    )
      .transform(repositoryURL)
      .optional()
      .describe("The repository of the code: owner/name on GitHub, or its address")
      .register(presentations, { flag: "repository", value: "URL" }),
    dir: z
      .string()
      .min(1, "The folder's name is empty.")
      .refine((dir) => !dir.includes("\0"), "The folder's name contains a zero byte.")
      .refine(holdsNoKey, noKey("The folder's name"))
      .optional()
      .describe("Folder to write (default: ./<id>)")
      .register(presentations, { flag: "dir", value: "PATH" }),
    install: z
      .boolean("install is true or false.")
      .default(true)
      .describe("Install the dependencies and run the tests")
      .register(presentations, { flag: "install" }),
    git: z
      .boolean("git is true or false.")
      .default(true)
      .describe("Start a git repository")
      .register(presentations, { flag: "git" }),
  })
  .superRefine((answers, context) => {
    const { template, dialect, models, method, baseURL, apiKeyEnv, confirmKeyEnv } = answers;
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    if (apiKeyEnv && keyVariableKind(apiKeyEnv) === "unusual" && !confirmKeyEnv)
      refuse(
        `${apiKeyEnv} may contain something other than a key. If it is the key of this API, add --confirm-key-env.`,
      );
    if (isPlainHTTP(baseURL) && apiKeyEnv !== "none")
      refuse("The base URL must begin with https:// if a key is sent. If no key is needed, add --api-key-env none.");
    if (template === "provider" && method === "post") refuse("A provider has no method: leave it out, or make a tool.");
    if (template !== "tool") return;
    if (dialect === "custom") refuse("A tool has no dialect: leave it out, or make a provider.");
    if (models) refuse("A tool has no models: leave it out, or make a provider.");
    if (answers.with.length > 0) refuse("A tool is not a model: leave --with out, or make a provider.");
  })
  .describe("Answers for create-llm-provider (--config)");

/** Checked answers, with the defaults that do not depend on other answers. */
export type Answers = z.output<typeof answersSchema>;

export type AnswerName = keyof Answers;

/** In the order of the questions. */
export const answerNames = Object.keys(answersSchema.shape) as AnswerName[];

export function presentationOf(name: AnswerName): Presentation {
  return presentations.get(answersSchema.shape[name]) ?? {};
}

/** `acme/llm`, `git@github.com:acme/llm.git` → `https://github.com/acme/llm`. */
function repositoryURL(text: string): string {
  const path = text.replace(/\.git$/, "").replace(/^git@([^:/]+)[:/]/, "https://$1/");
  return path.startsWith("https://") ? path : `https://github.com/${path}`;
}
