import { firstKey, isLoopback } from "@llm-provider/core/internal";
import * as z from "zod";

/** How an answer is given on the command line, and asked for at a terminal. */
export interface Presentation {
  /** Without the dashes. The id alone has none: it is the first argument. */
  flag?: string;
  /** The placeholder of its value in the help. A flag without one is yes or no. */
  value?: string;
  /** Only these are asked; all others have a default. */
  question?: string;
  example?: string;
}

const presentations: z.core.$ZodRegistry<Presentation> = z.registry<Presentation>();

// Names of files beside `src/<id>.ts`.
const takenIds = ["index", "models", "dialect", "wire", "serve", "twin"];
const idPattern = /^[a-z][a-z0-9-]{0,49}$/;
// Long enough for every id met so far, and without a character that means something to a shell, YAML or an object literal.
const modelPattern = /^[A-Za-z0-9@][A-Za-z0-9._:/@+~=-]{0,89}$/;
const keyVariablePattern = /^(none|[A-Z][A-Z0-9_]{0,60}_(API_)?(KEY|TOKEN))$/;

const holdsNoKey = (text: string): boolean => firstKey(text) === undefined;
const noKey = (what: string): string =>
  `${what} must not hold an API key. Take it out: the key belongs in an environment variable, and only its name is asked for.`;

const address = (what: string) =>
  z.string(`${what} is needed, for example https://api.acme.ai/v1.`).superRefine((text, context) => {
    const problem = baseURLProblem(text, what);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });

// `new URL` drops tabs and line breaks and encodes quotes and braces: what is written is its text, never the raw one.
const normalise = (text: string): string => new URL(text).href.replace(/\/+$/, "");

/**
 * Every answer of the scaffolder. Flags, questions, the config file and its JSON schema are made from this one schema.
 * The order is the order of the questions.
 */
export const answersSchema = z
  .strictObject({
    template: z
      .enum(["provider", "tool"], "The template is provider or tool.")
      .default("provider")
      .describe("What to make: an LLM endpoint, or a tool that models call")
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
      .describe("Its name for people, such as xAI")
      .register(presentations, { flag: "name", value: "NAME" }),
    baseURL: address("The base URL")
      .transform(normalise)
      .describe("Where the API lives: https, or http on this machine")
      .register(presentations, {
        flag: "base-url",
        value: "URL",
        question: "The base URL of its API?",
        example: "https://api.acme.ai/v1",
      }),
    apiKeyEnv: z
      .string()
      .regex(
        keyVariablePattern,
        "The key variable is a name such as ACME_API_KEY or ACME_TOKEN (never the key itself), or none where no key is needed.",
      )
      .optional()
      .describe("Environment variable that holds the key, or none")
      .register(presentations, {
        flag: "api-key-env",
        value: "NAME",
        question: "Which environment variable holds the key? (its name, never the key)",
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
      .register(presentations, { flag: "models", value: "a,b" }),
    docs: address("The docs page")
      .transform(normalise)
      .optional()
      .describe("The API's documentation")
      .register(presentations, { flag: "docs", value: "URL" }),
    dialect: z
      .enum(["chat-completions", "custom"], "The dialect is chat-completions or custom.")
      .default("chat-completions")
      .describe("Wire format: chat-completions, or one of its own to write")
      .register(presentations, { flag: "dialect", value: "chat-completions|custom" }),
    packageManager: z
      .enum(["npm", "pnpm", "yarn", "bun"], "The package manager is npm, pnpm, yarn or bun.")
      .optional()
      .describe("Package manager; unless given, the one that started this")
      .register(presentations, { flag: "pm", value: "npm|pnpm|yarn|bun" }),
    dir: z
      .string()
      .min(1, "The folder's name is empty.")
      .refine((dir) => !dir.includes("\0"), "The folder's name contains a zero byte.")
      .optional()
      .describe("Folder to write; unless given, ./<id>")
      .register(presentations, { flag: "dir", value: "PATH" }),
    install: z
      .boolean("install is true or false.")
      .default(true)
      .describe("Install the dependencies and run the tests")
      .register(presentations, { flag: "install", question: "Install the dependencies and run the tests?" }),
    git: z
      .boolean("git is true or false.")
      .default(true)
      .describe("Start a git repository")
      .register(presentations, { flag: "git" }),
  })
  .superRefine(({ template, dialect, models }, context) => {
    if (template !== "tool") return;
    const refuse = (what: string) =>
      context.addIssue({ code: "custom", message: `A tool has no ${what}: leave it out, or make a provider.` });
    if (dialect === "custom") refuse("dialect");
    if (models) refuse("models");
  })
  .describe("Answers for create-llm-provider (--config)");

/** As a person or a file gives them. */
export type AnswersInput = z.input<typeof answersSchema>;

/** Checked, with the defaults that need nothing else. */
export type Answers = z.output<typeof answersSchema>;

export type AnswerName = keyof Answers;

/** In the order of the questions. */
export const answerNames = Object.keys(answersSchema.shape) as AnswerName[];

export function presentationOf(name: AnswerName): Presentation {
  return presentations.get(answersSchema.shape[name]) ?? {};
}

/**
 * What is wrong with a URL that requests are sent to, as a sentence for a person, or `undefined`. `what` begins the
 * sentence. The value itself is not repeated: a URL with a password in it must not reach a log.
 */
function baseURLProblem(text: string, what: string): string | undefined {
  if (!URL.canParse(text)) return `${what} is not a URL. Give one such as https://api.acme.ai/v1.`;
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return `${what} must begin with https:// (http:// is for this machine only, such as http://localhost:8080/v1).`;
  }
  if (url.username || url.password)
    return `${what} must not contain a user or a password. The key belongs in an environment variable.`;
  if (url.search || text.includes("?")) return `${what} must not have a query (the part from ? on).`;
  if (url.hash || text.includes("#")) return `${what} must not have a fragment (the part from # on).`;
  if (/\/chat\/completions\/*$/.test(url.pathname))
    return `${what} must not end in /chat/completions: that part is added to each request.`;
  if (firstKey(text)) return `${what} must not hold an API key. The key belongs in an environment variable.`;
  if (url.href.length > 250) return `${what} is longer than 250 characters.`;
  return undefined;
}
