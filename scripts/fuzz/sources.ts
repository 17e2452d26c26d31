import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chatCompletions, type Provider, type ProviderOptions } from "@llm-provider/core";
import { forms as answerForms } from "../../packages/core/test/forms/forms.ts";
import { acme } from "../../packages/core/test/support/acme.ts";
import { providers } from "../../packages/testing/test/traffic/providers.ts";
import { bytesOf, trafficCases } from "../../packages/testing/test/traffic/traffic-case.ts";

/** A body to start from, and the client that reads it. */
export interface Seed {
  readonly origin: string;
  readonly status: number;
  readonly body: string;
  readonly client: (options: ProviderOptions) => Provider;
}

type Reply = { status?: number; body: unknown };
type Case = { adapter?: string; response?: Reply | { chat?: Reply; stream?: Reply }; options?: { dialect?: object } };

/** A reader that reads every field that a definition can name. */
export function reader(dialect: object = {}): Seed["client"] {
  return (options) =>
    acme(
      {
        dialect: chatCompletions(dialect),
        metadata: ["system_fingerprint", "service_tier", "provider", "choices.0.logprobs", "header:x-request-id"],
        errors: [
          { body: { "error.message": /too long/i }, code: "context-overflow", hint: "{error.message}", source: "docs" },
          { body: { "detail.0.loc": /user/ }, code: "invalid-request", hint: "{detail.0.loc}", source: "docs" },
        ],
        limits: { waitText: /try again in (\d+s)/ },
      },
      options,
    );
}

/** One group each for recordings and cases, if present, and for our own forms. */
export function seeds(): readonly (readonly Seed[])[] {
  const folder = new URL("../../../shared/cases/wire/", import.meta.url);
  const cases = existsSync(folder)
    ? readdirSync(folder).map(
        (name) => [name, JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Case] as const,
      )
    : [];
  const forms = Object.values(answerForms)
    .flat()
    .map((form) => [form.what, form as Case] as const);
  const groups = [cases, forms].map((group) => group.flatMap(([name, one]) => caseSeeds(name, one)));
  return [trafficSeeds(), ...groups].filter((group) => group.length > 0);
}

function trafficSeeds(): Seed[] {
  return trafficCases()
    .filter(({ kind }) => ["chat", "chat-stream", "error"].includes(kind))
    .map((one) => ({
      origin: one.id,
      status: one.response.status,
      // A long recording repeats the same chunk.
      body: shorten(bytesOf(one).toString()),
      client: providers[one.provider]!,
    }));
}

function shorten(body: string): string {
  return body.length < 20_000 || !/^(data|event|:)/.test(body) ? body : `${body.slice(0, 8000)}${body.slice(-4000)}`;
}

function caseSeeds(origin: string, { response, options, adapter }: Case): Seed[] {
  if (typeof response !== "object") return [];
  const replies = "body" in response ? [response as Reply] : Object.values(response as Record<string, Reply>);
  const client = adapter === undefined ? reader(options?.dialect) : providers[adapter]!;
  return replies.map(({ status = 200, body }) => ({
    origin,
    status,
    body: typeof body === "string" ? body : JSON.stringify(body),
    client,
  }));
}
