/** An invented key in the form that its vendor uses. */
export interface SampleKey {
  readonly vendor?: string;
  /** The part that is the same in all keys of the vendor. */
  readonly prefix: string;
  readonly key: string;
  /** The name of its variable, if the key alone could be anything. */
  readonly name?: string;
}

const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const digits = "0123456789";
const alphabets = {
  letters: lower + upper,
  alnum: lower + upper + digits,
  url: `${lower}${upper}${digits}-_`,
  hex: `${digits}abcdef`,
  small: lower + digits,
  base32: upper + digits.slice(2, 8),
  base64: `${lower}${upper}${digits}+/`,
};

// The same in every run, without a literal that a secret scanner could take for a key.
let state = 20_261_128;
export function randomText(length: number, alphabet: keyof typeof alphabets): string {
  const letters = alphabets[alphabet];
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return letters[state % letters.length];
  }).join("");
}

function sample(
  vendor: string | undefined,
  prefix: string,
  length: number,
  alphabet: keyof typeof alphabets,
  name?: string,
): SampleKey {
  return {
    ...(vendor && { vendor }),
    prefix,
    key:
      prefix + randomText(length - 2, alphabet) + (alphabet === "letters" ? "aB" : alphabet === "base32" ? "B7" : "a7"),
    ...(name && { name }),
  };
}

const legacy = sample("OpenAI", "sk-", 20, "alnum");
const uuid = (): string => [8, 4, 4, 4, 12].map((length) => randomText(length, "hex")).join("-");

/** One key of each shape. */
export const sampleKeys: readonly SampleKey[] = [
  { ...legacy, key: `${legacy.key}T3BlbkFJ${randomText(20, "alnum")}` },
  sample("OpenAI", "sk-proj-", 156, "url"),
  sample("OpenAI", "sk-svcacct-", 156, "url"),
  sample("OpenAI", "sk-admin-", 124, "url"),
  sample("Anthropic", "sk-ant-api03-", 95, "url"),
  sample("Anthropic", "sk-ant-admin01-", 95, "url"),
  sample("OpenRouter", "sk-or-v1-", 64, "hex"),
  sample(undefined, "sk-", 32, "hex"),
  sample("DeepSeek", "sk-", 32, "hex", "DEEPSEEK_API_KEY"),
  sample(undefined, "sk_", 48, "hex"),
  sample("Google", "AIza", 35, "url"),
  sample("Google", "AQ.Ab8", 47, "url"),
  sample("Google", "ya29.", 120, "url"),
  sample("Groq", "gsk_", 52, "alnum"),
  sample("xAI", "xai-", 80, "alnum"),
  sample("Fireworks", "fw_", 24, "alnum"),
  sample("Together", "tgp_v1_", 43, "url"),
  sample("Perplexity", "pplx-", 48, "alnum"),
  sample("Hugging Face", "hf_", 34, "letters"),
  sample("Cerebras", "csk-", 48, "small"),
  sample("Replicate", "r8_", 37, "alnum"),
  sample("NVIDIA", "nvapi-", 64, "url"),
  sample("Tavily", "tvly-", 32, "alnum"),
  sample("Tavily", "tvly-dev-", 32, "alnum"),
  sample("Jina", "jina_", 60, "alnum"),
  sample("Firecrawl", "fc-", 32, "hex"),
  sample("LangSmith", "lsv2_pt_", 32, "hex"),
  { vendor: "Langfuse", prefix: "sk-lf-", key: `sk-lf-${uuid()}` },
  sample("Stripe", "sk_live_", 24, "alnum"),
  ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((prefix) => sample("GitHub", prefix, 36, "alnum")),
  {
    vendor: "GitHub",
    prefix: "github_pat_",
    key: `github_pat_${randomText(22, "alnum")}_${randomText(59, "alnum")}`,
  },
  sample("GitLab", "glpat-", 20, "alnum"),
  sample("npm", "npm_", 36, "alnum"),
  sample("Slack", "xoxb-2401234567-", 24, "alnum"),
  sample("Slack", "xapp-1-", 40, "alnum"),
  sample("AWS", "AKIA", 16, "base32"),
  sample("AWS", "ASIA", 16, "base32"),
  sample("AWS", "ABSK", 120, "base64"),
  sample("Mistral", "", 32, "alnum", "MISTRAL_API_KEY"),
  sample("Together", "", 64, "hex", "TOGETHER_API_KEY"),
  sample("SerpApi", "", 64, "hex", "SERPAPI_API_KEY"),
  sample("Cohere", "", 40, "alnum", "COHERE_API_KEY"),
  sample("AWS", "", 40, "base64", "AWS_SECRET_ACCESS_KEY"),
  sample(undefined, "", 32, "hex", "SEARCH_TOKEN"),
];
