import texts from "./librechat-texts.json" with { type: "json" };

/** A text that LibreChat itself, and not an endpoint, writes into its log or shows to its user. */
export interface LibreChatText {
  /** Tried on the error with line breaks replaced by spaces. Named groups fill the holes of `cause` and `fix`. */
  readonly pattern: RegExp;
  readonly cause: string;
  /** Sentences; one with a hole that the pattern did not fill is left out. */
  readonly fix: readonly string[];
  /** The line of librechat.yaml that corrects it. */
  readonly librechat?: string;
  /** The error is noise: another error in the same log must be explained. */
  readonly isHarmless?: boolean;
  /** The thread, or the file of LibreChat, with the text. */
  readonly source: string;
  /** The release, or the version of librechat-data-provider, in which it was seen. */
  readonly version: string;
}

/** First match wins; the narrower text comes first. Read on 2026-11-28. */
export const libreChatTexts: readonly LibreChatText[] = texts.map(({ pattern, flags, ...text }) => ({
  ...text,
  pattern: new RegExp(pattern, flags),
}));

/** The meaning of one of LibreChat's own texts. */
export interface LibreChatExplanation {
  readonly cause: string;
  readonly fix: readonly string[];
  readonly librechat?: string;
  readonly source: string;
  readonly version: string;
}

/** Patterns are tried on this many characters: the important words come early, and a pattern on a long text is slow. */
const longest = 8192;

/** Explains a text that LibreChat itself wrote; undefined for any other text. */
export function explainLibreChatText(text: string): LibreChatExplanation | undefined {
  const flat = flatten(text);
  for (const known of libreChatTexts) {
    const match = known.pattern.exec(flat);
    if (match) return explain(known, match.groups ?? {}, text);
  }
  return undefined;
}

/** Is this text known noise, so that another error of the same log must be explained? */
export function isHarmlessText(text: string): boolean {
  const flat = flatten(text);
  return libreChatTexts.some(({ isHarmless, pattern }) => isHarmless && pattern.test(flat));
}

function explain(
  { cause, fix, librechat, source, version }: LibreChatText,
  groups: { readonly [name: string]: string | undefined },
  text: string,
): LibreChatExplanation {
  const places = schemaIssues(text);
  const filled = fix.map((sentence) => fill(sentence, groups)).filter((sentence) => sentence !== undefined);
  return {
    cause: [fill(cause, groups) ?? cause.replaceAll(/\s?\{\w+\}/g, ""), ...places].join(" "),
    fix: filled,
    ...(librechat !== undefined && { librechat }),
    source,
    version,
  };
}

/** A sentence with its holes filled; undefined if one stays empty. */
function fill(sentence: string, groups: { readonly [name: string]: string | undefined }): string | undefined {
  let isWhole = true;
  const filled = sentence.replaceAll(/(?<!\$)\{([a-z]+)\}/g, (_, name: string) => {
    isWhole &&= Boolean(groups[name]);
    return groups[name] ?? "";
  });
  return isWhole ? filled : undefined;
}

/** Replaces line breaks by spaces and escaped quotes by plain ones, so that text in a JSON string reads like plain text. */
function flatten(text: string): string {
  return text
    .slice(0, longest)
    .replaceAll('\\"', '"')
    .replaceAll(/\\n|\s+/g, " ");
}

/** The places that LibreChat's schema names in its list of issues. */
function schemaIssues(text: string): string[] {
  const flat = flatten(text);
  const places: string[] = [];
  for (const [, inner] of flat.matchAll(/\{([^{}]*"path"\s*:\s*\[[^\]]*\][^{}]*)\}/g)) {
    const list = (key: string): string[] =>
      [...(new RegExp(`"${key}"\\s*:\\s*\\[([^\\]]*)\\]`).exec(inner!)?.[1] ?? "").matchAll(/"([^"]*)"|(\d+)/g)].map(
        ([, word, number]) => word ?? number!,
      );
    const path = list("path").join(".");
    const keys = list("keys").map((key) => `\`${key}\``);
    const message = /"message"\s*:\s*"([^"]*)"/.exec(inner!)?.[1];
    if (keys.length > 0)
      places.push(`${keys.join(", ")} ${path ? `under \`${path}\`` : "at the top"} is not known to it.`);
    else if (path) places.push(`\`${path}\`: ${message ?? "is wrong"}.`);
  }
  return places.slice(0, 5);
}
