import { isEssential } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { codeOf, plain, same, truth } from "../kit/expect.ts";
import { rulesOfKind } from "../kit/rule-cases.ts";
import { chatFrom, refusal, sameRefusal, send, sendStream } from "../kit/send.ts";
import { mockServer } from "../server/mock-server.ts";

/** One request through `prepare`, `chat` and `stream`. */
export const requestModes: readonly Check[] = [
  {
    name: "prepares-what-it-sends",
    by: "requests",
    title: "`prepare` shows exactly what is sent, synchronously, without the key and without asking for it",
    async run(kit) {
      let asked = 0;
      const server = mockServer(kit.whole(kit.answer()));
      const request = kit.request({ temperature: 0.5, user: "user-1" });
      const provider = kit.provider(server, { apiKey: () => `${kit.key}${asked++}` });
      const prepared = provider.prepare(request);
      same(provider.id, kit.definition.id, { at: "id of the provider" });
      same([asked, server.requests.length], [0, 0], { at: "keys asked for, requests sent" });
      truth(!JSON.stringify(prepared).includes(kit.key), "no key", prepared.headers);
      for (const stream of [false, true]) {
        const { request: sent, body, result } = await (stream ? sendStream : send)(kit, request);
        const shown = provider.prepare({ ...request, ...(stream && { stream }) });
        same([shown.url, shown.method, shown.body], [sent.url, sent.method, body], { at: stream ? "stream" : "chat" });
        same(shown.changes, plain(result.changes), { at: `${stream ? "stream" : "chat"}, changes` });
        const lost = Object.keys(shown.headers).filter((name) => !(name.toLowerCase() in sent.headers));
        same(lost, [], { at: "headers that are shown and not sent" });
      }
    },
  },
  {
    name: "reports-the-same-changes-everywhere",
    by: "requests",
    title: "`prepare`, `chat` and `stream` report the same changes, each once",
    applies: ({ parameters }) => parameters !== undefined,
    async run(kit) {
      const kinds = ["renamed", "range", "values", "ignored", "rejected"] as const;
      const all = kinds.flatMap((kind) => rulesOfKind(kit.definition, kind).flatMap(({ cases }) => cases));
      for (const { request, path, name } of all) {
        if (isEssential(name, request[name])) continue;
        const { result } = await send(kit, request);
        const streamed = await sendStream(kit, request);
        const { changes } = kit.provider(mockServer(kit.whole(kit.answer()))).prepare(request);
        same(plain(changes), plain(result.changes), { at: `${path}, prepare and chat` });
        same(plain(streamed.result.changes), plain(result.changes), { at: `${path}, stream and chat` });
        const told = result.changes.map(({ parameter, action }) => `${parameter} ${action}`);
        same(told.length, new Set(told).size, { at: `${path}, each once: ${told.join(", ")}` });
      }
    },
  },
  {
    name: "asks-for-streams-and-usage",
    by: "requests",
    title: "`chat` asks for a whole response, `stream` for a stream, and for token counts if they come only on request",
    async run(kit) {
      const whole = await send(kit, kit.request({ stream: true }));
      same(kit.wire.wantsStream(whole.body), false, { at: "chat" });
      const streamed = await sendStream(kit, kit.request({ stream: false }));
      same(kit.wire.wantsStream(streamed.body), true, { at: "stream" });
      const settings = kit.definition.dialect.settings;
      if (!settings) return;
      const fact = { path: "dialect.settings.usage", value: settings.usage };
      same(streamed.body["stream_options"], settings.usage === "asked" ? { include_usage: true } : undefined, {
        at: "stream_options",
        fact,
      });
      const own = await sendStream(kit, kit.request({ stream_options: { include_usage: false } }));
      if (own.body["stream_options"] !== undefined)
        same(own.body["stream_options"], { include_usage: false }, { at: "the caller's own stream_options", fact });
      same(streamed.result.changes, [], { at: "changes" });
      if (settings.usage !== "asked") return;
      const more = await sendStream(kit, kit.request({ stream_options: { x_extra: 1 } }));
      same(more.body["stream_options"], { x_extra: 1, include_usage: true }, { at: "beside the caller's own", fact });
    },
  },
  {
    name: "requires-a-model",
    level: "SHOULD",
    by: "requests",
    title: "a request without a model is refused before sending",
    async run(kit) {
      for (const model of [undefined, ""]) {
        const refused = await refusal(kit, kit.request({ model }));
        same([refused !== undefined, refused?.requests], [true, 0], { at: `model ${JSON.stringify(model)}` });
      }
    },
  },
  {
    name: "names-successors-of-retired-models",
    by: "requests",
    title: "a retired model is still requested; if the endpoint refuses it, the error names the successor",
    applies: ({ models }) => Object.values(models).some(({ retired }) => retired),
    async run(kit) {
      for (const [model, { retired, source }] of Object.entries(kit.definition.models)) {
        if (!retired) continue;
        const fact = { path: `models.${model}.retired`, value: retired, source };
        same((await send(kit, kit.request({ model }))).asked.model, model, { at: model, fact });
        const message = `The model ${model} does not exist.`;
        const server = mockServer(
          kit.json(404, kit.wire.writeError({ status: 404, message, type: "not_found_error" })),
        );
        const error = await kit.rejection(kit.provider(server).chat(kit.request({ model })), model);
        const { hint, retryable } = error as { hint?: string; retryable?: boolean };
        same([codeOf(error), retryable], ["model-retired", false], { at: model, fact });
        truth(String(hint).includes(retired.use), `a hint that names ${retired.use}`, hint, { at: model, fact });
        const other = kit.wire.writeError({ status: 401, message: "No such key.", type: "invalid_request_error" });
        const about = await kit.rejection(chatFrom(kit, kit.json(401, other), { model }));
        truth(codeOf(about) !== "model-retired", "another code", codeOf(about), {
          at: `${model}, refused over the key`,
          fact,
        });
        const strict = { at: `${model}, onUnsupported "error"`, fact };
        await sameRefusal(kit, kit.request({ model }), "model-retired", strict, { onUnsupported: "error" });
      }
    },
  },
];
