import { costOf } from "../answer/cost-of.ts";
import type { Change } from "../chat/chat-result.ts";
import type { Definition } from "../definition/definition.ts";
import type { Dialect } from "../chat/dialect.ts";
import type { EmbedRequest, EmbedResult } from "../chat/embed-request.ts";
import { endpointURL } from "../transport/endpoint-url.ts";
import { longestData } from "../answer/split-lines.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { refuseRetired } from "../request/refuse-retired.ts";
import { requestJson } from "./request-json.ts";
import { responseFacts } from "../errors/response-facts.ts";
import type { Settings } from "./settings.ts";
import type { Signer } from "./signer.ts";
import { toBodyText } from "../request/to-body-text.ts";

/** Characters of one vector: 4,096 numbers of 30 characters are fewer. */
const longestVector = 128 * 1024;

/** Vectors for all texts of a request: in as many HTTP requests as the endpoint needs, one after the other. */
export async function embedTexts(
  definition: Definition,
  settings: Settings,
  signer: Signer,
  request: EmbedRequest,
): Promise<EmbedResult> {
  const format = formatOf(definition, request);
  if (settings.onUnsupported === "error") refuseRetired(definition, request.model);
  const { input } = request;
  const results: EmbedResult[] = [];
  if (typeof input === "string") results.push(await embedBatch({ definition, settings, signer, format }, request, 1));
  else {
    const { maxInputs } = format;
    for (let from = 0; from < input.length; from += maxInputs) {
      const batch = input.slice(from, from + maxInputs);
      results.push(
        await embedBatch({ definition, settings, signer, format }, { ...request, input: batch }, batch.length),
      );
    }
  }
  return joinResults(results);
}

type Format = NonNullable<Dialect["embeddings"]> & { readonly maxInputs: number };

interface Client {
  readonly definition: Definition;
  readonly settings: Settings;
  readonly signer: Signer;
  readonly format: Format;
}

/** How the endpoint does embeddings; throws if it has none, or if the request is not one for embeddings. */
function formatOf(definition: Definition, request: EmbedRequest): Format {
  const { dialect, embeddings, name, id, docs } = definition;
  const refuse = (code: "unsupported-parameter" | "invalid-request", message: string, hint: string): never => {
    throw new ProviderError(message, { code, provider: id, model: request?.model, hint });
  };
  if (!dialect.embeddings)
    return refuse(
      "unsupported-parameter",
      `The wire format of ${name} has no embeddings.`,
      `Use another provider for \`embed\`. See ${docs}`,
    );
  if (!embeddings)
    return refuse(
      "unsupported-parameter",
      `${name} is not known to serve embeddings.`,
      `Use another provider for \`embed\`. If the endpoint serves them, add \`embeddings: { maxInputs, source }\` to its definition. See ${docs}`,
    );
  const { model, input, encoding_format: encoding } = request ?? {};
  if (typeof model !== "string" || model === "") refuse("invalid-request", "`model` is missing.", `See ${docs}`);
  const isList = Array.isArray(input) && input.length > 0 && input.every((text) => typeof text === "string");
  if (typeof input !== "string" && !isList)
    refuse(
      "invalid-request",
      "`input` is not a text or a list of texts.",
      "Give one text, or a list with at least one.",
    );
  if (encoding !== undefined && encoding !== null && encoding !== "float")
    refuse("unsupported-parameter", "`embed` reads vectors as lists of numbers only.", "Leave `encoding_format` out.");
  return { ...dialect.embeddings, maxInputs: embeddings.maxInputs };
}

async function embedBatch(
  { definition, settings, signer, format }: Client,
  request: EmbedRequest,
  count: number,
): Promise<EmbedResult> {
  const { model } = request;
  const body = format.encode(request);
  const headers = { "content-type": "application/json", accept: "application/json" };
  const url = endpointURL(settings.baseURL, format.path);
  const signed = await signer.sign(settings, { url, method: "POST", headers }, model);
  const { text, changes } = toBodyText(definition, body, signed.scrub);
  return requestJson(definition, settings, { ...signed, body: text }, body, {
    what: "answer with embeddings",
    longest: longestData + count * longestVector,
    read(answer, opened) {
      const decoded = format.decode(answer);
      checkVectors(decoded.embeddings, count);
      const usage = decoded.usage && withCost(definition, model, body["model"], decoded);
      return {
        ...decoded,
        ...(usage && { usage }),
        changes: signed.scrub(changes),
        response: responseFacts(definition, opened),
      };
    },
  });
}

function checkVectors(vectors: readonly (readonly number[] | undefined)[], count: number): void {
  if (vectors.length !== count) throw new Error(`It has ${vectors.length} embeddings for ${count} texts.`);
  for (let at = 0; at < count; at++) {
    const vector = vectors[at];
    if (!Array.isArray(vector) || vector.length === 0 || !vector.every((value) => typeof value === "number"))
      throw new Error(`Embedding ${at} is not a list of numbers.`);
  }
}

type Counted = Pick<EmbedResult, "model" | "usage">;

/** US dollars, priced like a chat without output. */
function withCost(
  definition: Definition,
  model: string,
  wireModel: unknown,
  { model: answered, usage }: Counted,
): EmbedResult["usage"] {
  const { inputTokens, cost: told } = usage!;
  const counts = { inputTokens, outputTokens: 0, totalTokens: inputTokens };
  const cost =
    told ?? costOf(definition, { model, wireModel }, { ...(answered !== undefined && { model: answered }) }, counts);
  return { inputTokens, ...(cost !== undefined && { cost }) };
}

/** The sum, only if every part is known: a partial sum would be wrong. */
function joinResults(results: readonly EmbedResult[]): EmbedResult {
  const { usage: _, ...last } = results.at(-1)!;
  const usages = results.flatMap(({ usage }) => (usage ? [usage] : []));
  const costs = usages.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const isCounted = usages.length === results.length;
  return {
    ...last,
    embeddings: results.flatMap(({ embeddings }) => embeddings),
    ...(isCounted && {
      usage: {
        inputTokens: sum(usages.map(({ inputTokens }) => inputTokens)),
        ...(costs.length === results.length && { cost: sum(costs) }),
      },
    }),
    changes: distinct(results.flatMap(({ changes }) => changes)),
  };
}

/** Each request of a long list reports the same changes: they are listed once. */
function distinct(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [`${change.action} ${change.parameter}`, change])).values()];
}
