/**
 * The shapes of the vendors' API keys; no other module knows them. It finds keys in a text, masks them, and says whether
 * a text contains one. It does not know the key of a running provider; `scrubber.ts` takes that one out.
 *
 * A pattern is linear on a hostile text: every repetition has an upper bound, except one of a single class at the very end.
 */

/** A key in a text. The key itself is not repeated, so that a finding can be printed. */
export interface FoundKey {
  /** The vendor, such as `Groq`. Absent if neither the key nor a name before it shows the vendor. */
  readonly vendor?: string;
  /** The replacement for the key, without its brackets: `Groq key`, `key`, `password`. */
  readonly label: string;
  /** Where the key begins, counted in UTF-16 units. */
  readonly start: number;
  /** The first unit after it. */
  readonly end: number;
}

/** A form that keys have. */
export interface KeyShape {
  /** The vendor whose keys have this form. Absent if several vendors share it. */
  readonly vendor?: string;
  /** Its name if it is not a key. @default "key" */
  readonly kind?: string;
  /** Global, and its group `key` ends where the match ends. */
  readonly pattern: RegExp;
  /** A second check of a match. By default, placeholders are left alone. */
  readonly accepts?: (key: string) => boolean;
}

// A key begins at the beginning of a word, or after an escape such as `\n`, `%20` or a terminal's color. It does not begin inside a long base64url text.
const edge = String.raw`(?:(?<![A-Za-z0-9]|[\w-]{24}[-_])|(?<=\\[bfnrt]|\\u[\dA-Fa-f]{4}|%[\dA-Fa-f]{2}|\x1b\[[\d;]{0,8}m))`;
// Random letters and digits after up to four short groups. Words and model ids have no piece this long.
const groups = "(?:[A-Za-z0-9]{1,12}[-_]){0,4}";
const random = String.raw`${groups}(?:[A-Za-z0-9]{24}|(?=[A-Za-z]{0,15}\d)[A-Za-z0-9]{16})[\w-]*`;

function prefixed(vendor: string | undefined, prefix: string, body: string = random): KeyShape & { prefix: string } {
  return { ...(vendor && { vendor }), prefix, pattern: new RegExp(`${edge}(?<key>${prefix}${body})`, "g") };
}

/*
 * The narrower form comes first. Sources of the prefixes, lengths and alphabets, read on 2026-11-28:
 * - gitleaks, config/gitleaks.toml of 2026-07-22 (b58d3f1): Anthropic, AWS, GitHub, GitLab, Google's AIza, Hugging Face,
 *   JWT, npm, OpenAI, Perplexity, private keys, Slack, Stripe.
 * - trufflehog, pkg/detectors of 2026-08-21 (3ab759f): DeepSeek, ElevenLabs, Groq, Langfuse, LangSmith, NVIDIA, OpenRouter,
 *   Replicate, xAI.
 * - https://raplsworks.hashnode.dev/your-new-gemini-api-key-starts-with-aq-not-aiza (June 2026): Google's AQ.
 * - No scanner's rule was found for Cerebras, Firecrawl, Fireworks, Jina, Tavily and Together: their forms are those of
 *   public code.
 */
const ownShapes = [
  prefixed("Anthropic", "sk-ant-", String.raw`[\w-]{20,}`),
  prefixed("OpenRouter", "sk-or-"),
  prefixed("OpenAI", "sk-(?:proj|svcacct|service|admin)-", String.raw`[\w-]{20,}`),
  prefixed("OpenAI", "sk-", "[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20,}"),
  prefixed("Langfuse", "[sp]k-lf-", "[0-9a-f-]{32,}"),
  prefixed("Stripe", "[rsp]k_(?:live|test)_"),
  // DeepSeek, Moonshot, DashScope, LiteLLM and others have no prefix of their own.
  prefixed(undefined, "sk-", String.raw`${groups}[A-Za-z0-9]{16}[\w-]*`),
  prefixed(undefined, "(?:[rsp]k_|[rp]k-|dsk-)"),
  prefixed("Google", "AIza", String.raw`[\w-]{30,}`),
  prefixed("Google", String.raw`AQ\.`, String.raw`[\w-]{40,}`),
  prefixed("Google", String.raw`ya29\.`, String.raw`[\w-]{30,}`),
  prefixed("Groq", "gsk_"),
  prefixed("xAI", "xai-"),
  prefixed("Fireworks", "fw_"),
  prefixed("Together", "tgp_v\\d_", String.raw`[\w-]{24,}`),
  prefixed("Perplexity", "pplx-"),
  prefixed("Hugging Face", "(?:hf|api_org)_"),
  prefixed("Cerebras", "csk-"),
  prefixed("Replicate", "r8_"),
  prefixed("NVIDIA", "nvapi-", String.raw`[\w-]{40,}`),
  prefixed("Tavily", "tvly-"),
  prefixed("Jina", "jina_"),
  prefixed("Firecrawl", "fc-", String.raw`[0-9a-f]{32,}`),
  prefixed("LangSmith", "lsv2_(?:pt|sk)_"),
  prefixed("GitHub", "(?:gh[pousr]|github_pat)_"),
  prefixed("GitLab", "glpat-", String.raw`(?=[A-Za-z_-]{0,19}\d)[\w-]{20,}`),
  prefixed("npm", "npm_"),
  prefixed("Slack", "(?:xox[abeprs]|xapp)-", String.raw`(?=[A-Za-z-]{0,8}\d)[A-Za-z0-9-]{10,}`),
  prefixed("AWS", "(?:AKIA|ASIA|ABIA|ACCA)", "[A-Z0-9]{16}(?![A-Za-z0-9])"),
  prefixed("AWS", "ABSK", "[A-Za-z0-9+/]{100,}"),
];

/** Vendors whose keys are bare letters and digits: only a name before such a text shows that it is a key, and whose. */
const bareVendors = [
  "Mistral",
  "SerpApi",
  "Cohere",
  "DeepSeek",
  "Azure",
  "ElevenLabs",
  "Deepgram",
  "Brave",
  "Serper",
  "Exa",
];

const keyWord =
  "(?:api|access|secret|auth|subscription)[-_ ]?key|(?:api|access|auth|bearer|refresh|subscription)[-_]?token|client[-_]?secret|password|authorization";
const variableWord = "(?:KEY|TOKEN|SECRET|PASSWORD)";
const quote = "(?:\\\\?[\"'`])?";
const follows = `${quote}(?:\\s{0,3}[:=,]\\s{0,3}|\\sprovided:\\s)${quote}(?:(?:Bearer|Basic|Token)\\s{1,3})?`;
const named = String.raw`(?<key>[\w.~+/-]{8,}={0,2})`;
const started = new RegExp(String.raw`^(?:${ownShapes.map(({ prefix }) => prefix).join("|")})[\w-]{8}`);

/** Every shape. A text is matched with all of them. */
export const keyShapes: readonly KeyShape[] = [
  ...ownShapes,
  {
    kind: "token",
    pattern: new RegExp(String.raw`${edge}(?<key>eyJ[\w-]{10,2048}\.[\w-]{10,4096}\.[\w-]{10,})`, "g"),
  },
  { kind: "private key", pattern: /(?<key>-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\w\s+/=\\]*)/g },
  { kind: "password", pattern: /(?:\/|\\\/){2}[^\s/?#@:"'<>]{0,64}:(?<key>[^\s/?#@"'<>{}[\]$*]{1,256})(?=@)/g },
  { pattern: new RegExp(`(?:${keyWord})${follows}${named}`, "gi"), accepts: isNamedKey },
  { pattern: new RegExp(`_${variableWord}${follows}${named}`, "g"), accepts: isNamedKey },
  {
    pattern: /[?&](?:api[-_]?key|key|secret|(?:access_|auth_|api_)?token)=(?<key>[\w.~%+-]{12,})/gi,
    accepts: (key) => isMixed(key) && !isPlaceholder(key),
  },
  {
    pattern: /(?<![\w-])Bearer(?:\s{1,4}|%20|\+)(?<key>[\w.~+/-]{8,}={0,2})/gi,
    accepts: (key) => (isMixed(key) || /[a-z][A-Z].*[A-Z]/.test(key)) && !isPlaceholder(key),
  },
  {
    pattern: /(?<![\w-])Basic(?:\s{1,4}|%20|\+)(?<key>[\w.~+/-]{8,}={0,2})/gi,
    accepts: (key) => /^[A-Za-z0-9+/]+={0,2}$/.test(key) && (key.endsWith("=") || isMixed(key)),
  },
];

/**
 * The keys in a text, from left to right and without overlaps.
 *
 * @param name The name of the text in its source: a variable, a header, a YAML key. A bare value is a key only
 *   if a name before it says so, here or in the text itself.
 */
export function findKeys(text: string, name?: string): FoundKey[] {
  const before = name === undefined ? "" : `${name}: `;
  const whole = before + text;
  const found = keyShapes
    .flatMap((shape) => matchesOf(shape, whole))
    .filter(({ start }) => start >= before.length)
    .sort((a, b) => a.start - b.start);
  const merged: FoundKey[] = [];
  for (const one of found) {
    const last = merged.at(-1);
    if (last === undefined || one.start >= last.end) merged.push(one);
    else merged[merged.length - 1] = { ...one, ...last, end: Math.max(last.end, one.end) };
  }
  return merged.map((one) => ({ ...one, start: one.start - before.length, end: one.end - before.length }));
}

/** The text with each key replaced by `[Groq key]` and the like; `label` chooses another replacement. */
export function maskKeys(
  text: string,
  { name, label = (found) => `[${found.label}]` }: { name?: string; label?: (found: FoundKey) => string } = {},
): string {
  let out = "";
  let from = 0;
  for (const found of findKeys(text, name)) {
    out += text.slice(from, found.start) + label(found);
    from = found.end;
  }
  return out + text.slice(from);
}

/** The first key in a text that must not contain any. The caller writes its own refusal. */
export function firstKey(text: string, name?: string): FoundKey | undefined {
  return findKeys(text, name)[0];
}

const keyName = new RegExp(`(?:${keyWord})$`, "i");
const variableName = new RegExp(`(?:^|_)${variableWord}$`);

/** Is this the name of a variable, header or YAML field for a key? */
export function isKeyName(name: string): boolean {
  return keyName.test(name) || variableName.test(name);
}

function matchesOf(
  { vendor, kind = "key", pattern, accepts = (key) => !isPlaceholder(key) }: KeyShape,
  text: string,
): FoundKey[] {
  return [...text.matchAll(pattern)].flatMap((match): FoundKey[] => {
    const key = match.groups!["key"]!;
    if (!accepts(key)) return [];
    const start = match.index + match[0].length - key.length;
    let end = start + key.length;
    // The full stop of a sentence.
    while (text[end - 1] === ".") end--;
    const owner = vendor ?? (kind === "key" ? vendorBefore(text, start) : undefined);
    return [{ ...(owner && { vendor: owner }), label: owner ? `${owner} key` : kind, start, end }];
  });
}

/** A vendor that a variable's name or a host just before the key names: `MISTRAL_API_KEY=`, `https://api.mistral.ai`. */
function vendorBefore(text: string, start: number): string | undefined {
  const names = text.slice(Math.max(0, start - 80), start).match(/\w+(?:[-._]\w+)*/g) ?? [];
  const pieces = names
    .filter((name) => /[-._]|[a-z][A-Z]/.test(name))
    .flatMap((name) =>
      name
        .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
        .toLowerCase()
        .split(/[-._]/),
    );
  const vendors = [...bareVendors, ...ownShapes.map(({ vendor = "" }) => vendor)];
  return vendors.find((vendor) => pieces.includes(vendor.toLowerCase()));
}

/** Does the value behind such a name look like a key? It begins like a vendor's key, or is a long mixture that is neither a variable nor a path. */
function isNamedKey(value: string): boolean {
  if (
    isPlaceholder(value) ||
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^(?:\w+\.){0,3}env(?:iron)?\b|^\.{0,2}\/[\w.-]+\//.test(value)
  )
    return false;
  return isMixed(value) && (value.length >= 20 || started.test(value));
}

function isMixed(text: string): boolean {
  return /\d/.test(text) && /[A-Za-z]/.test(text);
}

/** Placeholders that pages write instead of a key. */
function isPlaceholder(text: string): boolean {
  return /your[-_]|example|placeholder|dummy|change[-_]?me|x{4}|(.)\1{5}/i.test(text);
}
