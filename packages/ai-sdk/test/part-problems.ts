import type { LanguageModelV4StreamPart, SharedV4ProviderMetadata } from "@ai-sdk/provider";

type Kind = "text" | "reasoning" | "tool-input";
type Block = { readonly kind: Kind; readonly encoding: "json" | "text"; said: string; isOpen: boolean };

/**
 * Returns the problems in the order of a stream's parts. `stream-start` must come once and first, and `finish` once and last. Each
 * block starts, gets its deltas and ends under one id. The deltas of a tool's input must add up to the input of its call. An error
 * must come right before `finish`.
 */
export function partProblems(parts: readonly LanguageModelV4StreamPart[]): string[] {
  const problems: string[] = [];
  const blocks = new Map<string, Block>();
  const called = new Set<string>();
  const expect = (holds: boolean, text: string): unknown => holds || problems.push(text);
  const start = (id: string, kind: Kind, encoding: Block["encoding"] = "json"): void => {
    expect(id !== "" && !blocks.has(id), `the id ${id} is used again`);
    const isAnother = [...blocks.values()].some((block) => block.isOpen && block.kind !== "tool-input");
    if (kind !== "tool-input") expect(!isAnother, `${id} starts while another block is open`);
    blocks.set(id, { kind, encoding, said: "", isOpen: true });
  };
  const openBlock = (id: string, kind: Kind, what: string): Block | undefined => {
    const block = blocks.get(id);
    expect(block?.isOpen === true && block.kind === kind, `${what} of ${id}, which is not open`);
    return block;
  };

  expect(parts[0]?.type === "stream-start", "the first part is not stream-start");
  expect(parts.at(-1)?.type === "finish", "the last part is not finish");
  for (const [index, part] of parts.entries()) {
    expect(isJson(part), `part ${index} has metadata that is not JSON`);
    switch (part.type) {
      case "stream-start":
        expect(index === 0, "stream-start comes again");
        break;
      case "response-metadata":
        expect(blocks.size === 0, "response-metadata comes after content");
        break;
      case "text-start":
      case "reasoning-start":
        start(part.id, part.type === "text-start" ? "text" : "reasoning");
        break;
      case "tool-input-start":
        expect(part.toolName !== "", `the tool of ${part.id} has no name`);
        start(part.id, "tool-input", part.inputEncoding);
        break;
      case "text-delta":
      case "reasoning-delta":
      case "tool-input-delta": {
        const block = openBlock(part.id, part.type.replace("-delta", "") as Kind, "a delta");
        expect(typeof part.delta === "string", `a delta of ${part.id} is not a text`);
        if (block) block.said += part.delta;
        break;
      }
      case "text-end":
      case "reasoning-end":
      case "tool-input-end": {
        const block = openBlock(part.id, part.type.replace("-end", "") as Kind, "an end");
        if (block) block.isOpen = false;
        break;
      }
      case "tool-call": {
        const { toolCallId: id, input } = part;
        const block = blocks.get(id);
        expect(!called.has(id), `the call ${id} comes again`);
        expect(
          block?.isOpen === false && block.kind === "tool-input",
          `the call ${id} comes before its input has ended`,
        );
        const said = block?.encoding === "text" ? JSON.stringify(block.said) : block?.said;
        expect(said === input, `the input of ${id} is ${input}, its deltas are ${said}`);
        called.add(id);
        break;
      }
      case "error":
        expect(index === parts.length - 2, "an error is not the last part before finish");
        break;
      case "finish": {
        const isError = parts[index - 1]?.type === "error";
        expect(index === parts.length - 1, "finish is not the last part");
        expect((part.finishReason.unified === "error") === isError, `finish says ${part.finishReason.unified}`);
        for (const [id, block] of blocks) expect(!block.isOpen, `${id} is left open`);
        for (const [id, { kind }] of blocks)
          expect(isError || kind !== "tool-input" || called.has(id), `the input ${id} has no call`);
        break;
      }
      case "file":
        break;
      default:
        problems.push(`${part.type} is not a part of this bridge`);
    }
  }
  return problems;
}

function isJson(part: LanguageModelV4StreamPart): boolean {
  const metadata: SharedV4ProviderMetadata | undefined = "providerMetadata" in part ? part.providerMetadata : undefined;
  const text = JSON.stringify(metadata);
  return metadata === undefined || JSON.stringify(JSON.parse(text)) === text;
}
