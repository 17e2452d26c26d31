import type { Interaction } from "../cassette/cassette.ts";
import { bodyOf, scopeOf, sentHeaders } from "../cassette/create-recorder.ts";
import { scrubInteractions } from "../cassette/scrub-interactions.ts";
import { failure, same, truth } from "../kit/expect.ts";
import type { ReceivedRequest } from "../server/mock-server.ts";
import type { ToolCheck, ToolKit } from "./tool-kit.ts";

const mask = "[redacted]";

/** The requests of a tool. */
export const toolRequestChecks: readonly ToolCheck[] = [
  {
    name: "sends-recorded-requests",
    by: "cassettes",
    title:
      "the same input sends the recorded requests: host, method, path, query, headers, body, and the key in its place",
    async run(kit) {
      for (const run of kit.runs) {
        const { requests } = await kit.replay(run);
        same(requests.length, run.interactions.length, { at: "number of requests", cassette: run.label });
        for (const [index, recorded] of run.interactions.entries())
          compare(kit, requests[index]!, recorded, { at: `request ${index + 1}`, cassette: run.label });
      }
    },
  },
];

function compare(
  kit: ToolKit,
  request: ReceivedRequest,
  recorded: Interaction,
  { at, cassette }: { at: string; cassette: string },
): void {
  const sent = toInteraction(kit, request);
  const part = (name: string, got: unknown, expected: unknown): void =>
    same(got, expected, { at: `${at}, ${name}`, cassette });
  part("host", sent.scope, recorded.scope);
  part("method", sent.method, recorded.method);
  part("path and query", inOrder(sent.path), inOrder(recorded.path));
  part("body", sent.body, recorded.body);
  if (recorded.requestHeaders) {
    part("headers", sent.requestHeaders, sentHeaders(new Headers(recorded.requestHeaders)));
    return;
  }
  // A recording without headers, older or written by hand: then the key is in the URL or the body.
  const { auth } = kit.definition;
  const isShown = (recorded.path + JSON.stringify(recorded.body)).includes(mask);
  if (auth !== "none" && !isShown)
    throw failure({
      at: `${at}, the key's place`,
      expected: `${mask} in its path or body, or its \`requestHeaders\``,
      got: "a recording that does not show where the key goes: record it again",
      cassette,
    });
  const holders = Object.entries(sent.requestHeaders!).filter(([, value]) => value.includes(mask));
  truth(holders.length === 0, "no key in a header", holders.map(([name]) => name).join(", "), { at, cassette });
}

/** In recorded form: with the key masked wherever it is. */
function toInteraction(kit: ToolKit, { url, method, headers, text }: ReceivedRequest): Interaction {
  const { pathname, search } = new URL(url);
  const [interaction] = scrubInteractions(
    [
      {
        scope: scopeOf(url),
        method,
        path: pathname + search,
        body: bodyOf(text),
        requestHeaders: sentHeaders(new Headers(headers)),
        status: 200,
        response: "",
        rawHeaders: [],
        reads: "",
        ended: "eof",
      },
    ],
    [kit.key],
  ).interactions;
  return interaction!;
}

/** The order of parameters does not matter, unless one comes twice. */
function inOrder(path: string): string {
  const { pathname, searchParams } = new URL(path, "https://any.test");
  searchParams.sort();
  return [pathname, ...[...searchParams].map((pair) => pair.join("="))].join(" ");
}
