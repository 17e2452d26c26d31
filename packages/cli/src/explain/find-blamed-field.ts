/** The field of the request that an error blames. */
export interface BlamedField {
  readonly name: string;
  /** The parameter that contains it, such as `messages`; absent if it is a parameter itself. */
  readonly inside?: string;
  /** Does the endpoint know the field, and refuse only its value? */
  readonly isValue: boolean;
}

const unknownWords =
  /extra_forbidden|extra inputs|unsupported|unrecognized|unknown|unexpected|not (?:supported|permitted|allowed|recognized)|does not support|can(?:not)? have/i;

/** The ways in which endpoints name a field. Group 1 is its path. */
const patterns: readonly RegExp[] = [
  /Extra inputs are not permitted, field: '([\w.[\]]+)'/,
  /([\w.[\]]+): Extra inputs are not permitted/,
  /Unsupported (?:parameter|value|field):? ['"`]([\w.[\]]+)['"`]/,
  /Unrecognized request arguments? supplied: (\w+)/,
  /Unknown (?:parameter|argument|field|name):? ['"`]([\w.[\]]+)['"`]/i,
  /property ['"`]([\w.[\]]+)['"`] is (?:unsupported|not supported)/i,
  /does not support (?:the )?parameter ['"`]?(\w+)/i,
  /got an unexpected keyword argument ['"`](\w+)['"`]/,
  /['"`](\w+)['"`] (?:is|are) (?:not supported|unsupported|not permitted|not allowed|unknown)/i,
  /(?:parameter|field|argument) ['"`]?(\w+)['"`]? (?:is|are) (?:not supported|unsupported|not permitted|not allowed|unknown)/i,
  /['"`](\w+)['"`]? (?:is too (?:large|small|long)|must be (?:less|greater|between|at (?:most|least)|<|>))/,
  /"loc"\s*:\s*\[([^\]]*)\]/,
  /\bbody\.([\w.[\]]+)/,
  /"param"\s*:\s*"([\w.[\]]+)"/,
  /\bfield required:? ['"`]?(\w+)/i,
];

/** Parts of a request that have inner fields. */
const holders = new Set(["messages", "input", "tools", "functions", "contents"]);
/** Words in a path that name a role or a kind of content: no field has these names. */
const kinds = /^(?:\d+|system|user|assistant|tool|developer|function-\w+|tagged-union.*)$/;

/** The patterns are tried on this many characters of a text. */
const longest = 8192;

/** The field that an error text or body blames, if it names one. */
export function findBlamedField(text: string): BlamedField | undefined {
  const plain = text.slice(0, longest).replaceAll('\\"', '"');
  for (const pattern of patterns) {
    const match = pattern.exec(plain);
    if (!match) continue;
    const path = match[1]!.split(/[.[\],\s"']+/).filter((step) => step !== "" && step !== "body");
    const name = path.length === 1 ? path[0] : path.findLast((step) => !kinds.test(step));
    if (name === undefined) continue;
    const first = path.find((step) => !/^\d+$/.test(step))!;
    const holder = first !== name ? first : holderBefore(plain.slice(0, match.index), match[0]);
    // The word beside the name decides, not a later one.
    const around = plain.slice(Math.max(0, match.index - 120), match.index + match[0].length + 120);
    return { name, ...(holder !== undefined && { inside: holder }), isValue: !unknownWords.test(around) };
  }
  return undefined;
}

/** `'messages.3' : … property 'x' is unsupported`: the path comes before the name. */
function holderBefore(before: string, match: string): string | undefined {
  const holder = /\b(messages|input|tools|functions|contents)(?:[.[]\d+|\.\w)[^\n]{0,200}$/.exec(before)?.[1];
  const own = /\bin (?:the )?(message|tool)s?\b/.exec(match)?.[1];
  return holder ?? (own === undefined ? undefined : `${own}s`);
}

/** Does every request need it? Then it can never be dropped. */
export function isIndispensable(parameter: string): boolean {
  return holders.has(parameter) || ["model", "stream", "tool_choice"].includes(parameter);
}
