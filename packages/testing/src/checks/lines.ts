import type { Json } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { codeOf, type Problem, same } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { streamFrom } from "../kit/send.ts";
import { mockServer } from "../server/mock-server.ts";

const text = "Grüße – 你好 👋🏽 end.";
const isSse: Check["applies"] = ({ dialect }) => dialect.framing === "sse";

/** The bytes between the network and the JSON. Each form must read like the plain one. */
export const lines: readonly Check[] = [
  {
    name: "accepts-any-line-ending",
    by: "faults",
    title: "lines may end in LF, CRLF or CR",
    async run(kit) {
      const body = plainBody(kit);
      for (const [name, end] of kit.definition.dialect.framing === "sse"
        ? ([
            ["CRLF", "\r\n"],
            ["CR", "\r"],
          ] as const)
        : ([["CRLF", "\r\n"]] as const)) {
        await reads(kit, [body.replaceAll("\n", end)], name);
      }
    },
  },
  {
    name: "joins-split-line-endings",
    by: "faults",
    title: "a CRLF may be split between two reads",
    async run(kit) {
      const pieces = plainBody(kit)
        .replaceAll("\n", "\r\n")
        .split(/(?<=\r)(?=\n)/);
      await reads(kit, pieces, "CR | LF");
    },
  },
  {
    name: "skips-byte-order-mark",
    by: "faults",
    title: "a byte order mark at the beginning is skipped",
    async run(kit) {
      // The line after the mark has content.
      const body = speakingBody(kit);
      await reads(kit, [`\uFEFF${body}`], "in one read");
      await reads(kit, [Uint8Array.of(0xef), Uint8Array.of(0xbb, 0xbf), Buffer.from(body)], "split over reads");
    },
  },
  {
    name: "ignores-comments",
    by: "faults",
    title: "comments and blank lines are ignored",
    async run(kit) {
      const comment = kit.definition.streaming?.comments ?? "keep-alive";
      const filling = kit.definition.dialect.framing === "sse" ? `: ${comment}\n\n:\n\n\n` : "\n\n";
      const events = eventsOf(kit);
      const fact = { path: "streaming.comments", value: comment, source: kit.definition.streaming?.source };
      await reads(kit, [filling, ...events.flatMap((event) => [event, filling])], "between the events", fact);
      if (kit.definition.dialect.framing === "sse")
        await reads(kit, [events.join("").replaceAll("\n\n", `\n: ${comment}\n\n`)], "inside the events", fact);
    },
  },
  {
    name: "joins-data-lines",
    level: "SHOULD",
    by: "faults",
    title: "the data of one event may span several lines",
    applies: isSse,
    run: (kit) =>
      reads(
        kit,
        eventsOf(kit).map((event) => event.replace(/,"choices"/, ',\ndata: "choices"')),
        "several data lines",
      ),
  },
  {
    name: "joins-split-characters",
    by: "faults",
    title: "a character may be split at each of its bytes",
    async run(kit) {
      const bytes = Buffer.from(plainBody(kit));
      await reads(
        kit,
        Array.from(bytes, (_, index) => bytes.subarray(index, index + 1)),
        "byte by byte",
      );
    },
  },
  {
    name: "unicode-separators-end-no-line",
    by: "faults",
    title: "U+2028, U+2029 and U+0085 in a text do not end a line",
    async run(kit) {
      const odd = "a\u2028b\u2029c\u0085d";
      const answer = kit.answer({ text: odd });
      same((await streamFrom(kit, kit.stream(answer))).text, odd);
    },
  },
  {
    name: "reads-long-lines",
    by: "faults",
    title: "a line of a megabyte is read, also in many reads",
    async run(kit) {
      const long = "0123456789abcdef".repeat(65_536);
      const chunks = kit.wire.writeChunks(kit.answer({ text: "short" }), kit.definition, true);
      const { pieces, ...head } = kit.chunks(chunks);
      const body = pieces.join("").replace('"short"', JSON.stringify(long));
      for (const size of [body.length, 16_384]) {
        const cut = Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
          body.slice(index * size, (index + 1) * size),
        );
        const { text: got } = await streamFrom(kit, { ...head, pieces: cut });
        same([got.length, got === long], [long.length, true], { at: `${cut.length} reads` });
      }
    },
  },
  {
    name: "ignores-other-fields",
    level: "SHOULD",
    by: "faults",
    title: "fields, event names, ids and retry hints without meaning here are ignored",
    applies: isSse,
    async run(kit) {
      const named = eventsOf(kit).map(
        (event, index) => `id: ${index}\nretry: 3000\nevent: message\nx-field: 1\n${event}`,
      );
      await reads(kit, named, "id, retry, event, x-field");
      const ping = 'event: ping\ndata: {"type":"ping"}\n\n';
      await reads(kit, [ping, ...eventsOf(kit).flatMap((event) => [event, ping])], "an event that is not a chunk");
    },
  },
  {
    name: "broken-chunk-is-an-error",
    by: "faults",
    title: "a chunk of invalid JSON is an invalid response; it is not skipped",
    async run(kit) {
      const events = eventsOf(kit);
      const broken = kit.definition.dialect.framing === "sse" ? 'data: {"choices":[{"ind\n\n' : '{"message":{"con\n';
      const server = mockServer({ ...headOf(kit), pieces: events.toSpliced(3, 0, broken) });
      same(codeOf(await kit.rejection(kit.provider(server).stream(kit.request()).result)), "invalid-response");
    },
  },
  {
    name: "reads-the-last-event",
    by: "faults",
    title: "the last event is read without a blank line after it",
    async run(kit) {
      const body = plainBody(kit).replace("data: [DONE]\n\n", "").replace(/\n+$/, "");
      await reads(kit, [body], "no line end at the end");
    },
  },
  {
    name: "space-after-colon-is-optional",
    level: "SHOULD",
    by: "faults",
    title: "a space after the colon is optional",
    applies: isSse,
    run: (kit) => reads(kit, [plainBody(kit).replaceAll("data: ", "data:")], "data:{…}"),
  },
];

function headOf(kit: Kit): { status: number; headers: Record<string, string> } {
  const { status, headers } = kit.stream(kit.answer());
  return { status, headers: headers as Record<string, string> };
}

function eventsOf(kit: Kit): string[] {
  return [...kit.stream(kit.answer({ text })).pieces];
}

/** The stream without everything before the first piece of text. */
function speakingBody(kit: Kit): string {
  const events = eventsOf(kit);
  return events.slice(events.findIndex((event) => event.includes("Gr"))).join("");
}

function plainBody(kit: Kit): string {
  return eventsOf(kit).join("");
}

/** Reads a body in its odd form and in its plain form: both must give the same result. */
async function reads(
  kit: Kit,
  pieces: readonly (string | Uint8Array)[],
  at: string,
  fact?: Problem["fact"],
): Promise<void> {
  const read = async (body: readonly (string | Uint8Array)[]): Promise<Json> => {
    const server = mockServer({ ...headOf(kit), pieces: body });
    const result = await kit.provider(server).stream(kit.request()).result;
    return [result.text, result.finishReason, result.usage?.totalTokens ?? null];
  };
  same(await read(pieces), await read([plainBody(kit)]), { at, fact });
}
