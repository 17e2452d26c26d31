import { readFileSync } from "node:fs";
import { type LibreChatEndpoint, simulateRequest } from "@llm-provider/librechat";
import { expect, it } from "vitest";
import { parse } from "yaml";

const page = readFileSync(new URL("../../../docs/upstream.md", import.meta.url), "utf8");
const [withDrops, withoutTopP] = [...page.matchAll(/^```json\n([^]*?)^```/gm)].map(
  (block) => JSON.parse(block[1]!) as object,
);
const [endpoint] = parse(/^```yaml\n([^]*?)^```/m.exec(page)![1]!) as [LibreChatEndpoint];

it("the page shows the body that LibreChat sends despite dropParams", () => {
  const parameters = {
    model: "acme-1",
    temperature: 0.5,
    frequency_penalty: 0.2,
    presence_penalty: 0.1,
    max_tokens: 500,
    stop: ["END"],
  };
  expect(simulateRequest(endpoint, parameters, { target: "0.8.7" })).toEqual(withDrops);
  const working = { ...endpoint, dropParams: ["frequencyPenalty", "presencePenalty", "maxTokens", "stop", "user"] };
  expect(simulateRequest(working, parameters, { target: "0.8.7" })).toEqual({
    model: "acme-1",
    temperature: 0.5,
    stream: true,
  });
});

it("the page shows the body without top_p", () => {
  const { dropParams: _, ...plain } = endpoint;
  expect(simulateRequest(plain, { model: "acme-1", temperature: 0.5, top_p: 0.35 }, { target: "0.8.7" })).toEqual(
    withoutTopP,
  );
  const constant = { ...plain, addParams: { topP: 0.35 } };
  expect(simulateRequest(constant, { model: "acme-1" }, { target: "0.8.7" })).toMatchObject({ top_p: 0.35 });
});
