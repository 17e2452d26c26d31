import texts from "./librechat-texts.json" with { type: "json" };

/** A text that LibreChat itself writes into its log or shows to its user. No endpoint sent it. */
export interface LibreChatText {
  /** Tried on the error with its line breaks made spaces. Named groups fill the holes of `cause` and `fix`. */
  readonly pattern: RegExp;
  readonly cause: string;
  /** Sentences; one with a hole that the pattern did not fill is left out. */
  readonly fix: readonly string[];
  /** The line of librechat.yaml that mends it. */
  readonly librechat?: string;
  /** The error is noise: another error in the same log is the one to explain. */
  readonly isHarmless?: boolean;
  /** The thread, or the file of LibreChat, in which the text was read. */
  readonly source: string;
  /** The release, or the version of librechat-data-provider, that it was seen in. */
  readonly version: string;
}

/** First match wins; the narrower text comes first. Read on 2026-11-28. */
export const libreChatTexts: readonly LibreChatText[] = texts.map(({ pattern, flags, ...text }) => ({
  ...text,
  pattern: new RegExp(pattern, flags),
}));

/** What a text of LibreChat's own means. */
export interface LibreChatExplanation {
  readonly cause: string;
  readonly fix: readonly string[];
  readonly librechat?: string;
  readonly source: string;
  readonly version: string;
}

/** Characters that patterns are tried on: an error says early what it is, and a pattern on a long text is slow. */
const longest = 8192;

/** Explains a text that LibreChat itself wrote; undefined where the text is somebody else's. */
export function explainLibreChatText(text: string): LibreChatExplanation | undefined {
  const flat = flatten(text);
  for (const known of libreChatTexts) {
    const match = known.pattern.exec(flat);
    if (match) return explain(known, match.groups ?? {}, text);
  }
  return undefined;
}

/** Is this text known as noise, so that another error of the same log is the one to explain? */
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

/** A sentence with its holes filled; undefined where one stays empty. */
function fill(sentence: string, groups: { readonly [name: string]: string | undefined }): string | undefined {
  let isWhole = true;
  const filled = sentence.replaceAll(/(?<!\$)\{([a-z]+)\}/g, (_, name: string) => {
    isWhole &&= Boolean(groups[name]);
    return groups[name] ?? "";
  });
  return isWhole ? filled : undefined;
}

/** Line breaks become spaces, escaped quotes plain ones: a text in a JSON string reads as the text itself. */
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
