import { describe, expect, it } from "vitest";
import { diagnose, type Diagnostic } from "@llm-provider/librechat";
import { definitions } from "./definitions.ts";

/** The mistakes are in the .env; of librechat.yaml, only the file search settings matter. */
const agents = (capabilities: string): string =>
  `version: 1.3.17\nendpoints:\n  agents:\n    capabilities: ${capabilities}\n`;
const find = (environment: Record<string, string>, text = "version: 1.3.17\n"): Diagnostic[] =>
  diagnose(text, { definitions, environment: { JWT_SECRET: "x", ...environment } });

describe("RAG_API_URL", () => {
  it.each([
    ["localhost:8000", "error", /not an http or https URL/, /http:\/\/host:port/],
    ["ftp://localhost:8000", "error", /not an http or https URL/, /http:\/\/localhost:8000/],
    ["http://", "error", /not an http or https URL/, /http:\/\/localhost:8000/],
    ['"http://localhost:8000"', "error", /quotation mark/, /Delete the quotation marks/],
    ["“http://localhost:8000”", "error", /quotation mark/, /Delete the quotation marks/],
    ["http://local host:8000", "error", /blank/, /Delete the blank/],
    ["http://rag_api:${RAG_PORT}", "warning", /does not expand/, /Write the address itself/],
    ["http://rag:8000/", "error", /\/\/embed/, /Delete the slash/],
    ["http://rag:8000/v1", "warning", /ends in \/v1,/, /Delete \/v1 at/],
    ["http://rag:8000/v1/", "warning", /ends in \/v1,/, /Delete \/v1 at/],
    ["http://rag:8000/embed", "warning", /ends in \/embed,/, /Delete \/embed at/],
    ["https://a.example.org/rag/query", "warning", /ends in \/query,/, /Delete \/query at/],
    ["http://rag:8000?a=b", "error", /has a query/, /from the \? on/],
    ["http://rag:8000#a", "error", /has a fragment/, /from the # on/],
    ["http://jane:x@rag:8000", "error", /user or a password/, /before the @/],
  ])("%s gives one %s, and the message says where it is", (address, severity, message, fix) => {
    const found = find({ RAG_API_URL: address });
    expect(found).toMatchObject([
      { rule: "rag-url", severity, line: 1, message: expect.stringMatching(message), fix: expect.stringMatching(fix) },
    ]);
    expect(found[0]!.message).toContain("LibreChat's .env");
  });

  it.each(["http://rag_api:8000", "http://localhost:8000", "https://rag.example.org/rag", "http://[::1]:8000", ""])(
    "%j is accepted",
    (address) => {
      expect(find({ RAG_API_URL: address })).toEqual([]);
    },
  );

  it("is not checked without the .env", () => {
    expect(diagnose(agents("[file_search]"), { definitions })).toEqual([]);
  });

  it.each([
    "https://jane:canary-1@rag.example.org/v1",
    "https://rag.example.org/?key=canary-1",
    "https://canary-1@rag.example.org/",
    "canary-1",
    "https://rag.example.org/canary-1/embed",
    '"https://canary-1.example.org"',
  ])("%s: the message repeats only its known end", (address) => {
    const found = find({ RAG_API_URL: address });
    expect(found.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toContain("canary");
  });

  it.each([
    ["version: 1.3.17\ninterface:\n  agents: true\n", 1],
    ["# LibreChat\nversion: 1.3.17\nendpoints:\n  google:\n    titleModel: gemini-2.5-flash\n", 3],
    ["version: 1.3.17\nendpoints:\n  agents:\n    recursionLimit: 30\n", 3],
    [agents("[tools, file_search]"), 4],
  ])("in %j, the finding is at the nearest existing part", (text, line) => {
    expect(find({ RAG_API_URL: "http://rag:8000/" }, text)).toMatchObject([{ rule: "rag-url", line }]);
  });

  it("on localhost gives only a remark, and only if the file reaches the machine from a container", () => {
    const text = (host: string): string =>
      `version: 1.3.17\nmcpServers:\n  a: {type: sse, url: "http://${host}:3333/sse", requiresOAuth: false}\nmcpSettings:\n  allowedAddresses: ["${host}:3333"]\n`;
    expect(find({ RAG_API_URL: "http://127.0.0.1:8000" }, text("host.docker.internal"))).toMatchObject([
      { rule: "rag-url", severity: "info", fix: expect.stringContaining("write http://host.docker.internal:8000.") },
    ]);
    expect(find({ RAG_API_URL: "http://127.0.0.1:8000" }, text("localhost"))).toEqual([]);
  });
});

describe("JWT_SECRET", () => {
  it.each([
    ["", "empty"],
    [" ", "empty"],
  ])("%j beside RAG_API_URL is an error", (secret, word) => {
    expect(find({ RAG_API_URL: "http://rag:8000", JWT_SECRET: secret })).toMatchObject([
      { rule: "jwt-secret", severity: "error", message: expect.stringContaining(word) },
    ]);
  });

  it("is not required without RAG_API_URL, because an .env may contain only some of the variables", () => {
    expect(diagnose("version: 1.3.17\n", { definitions, environment: { OTHER: "x" } })).toEqual([]);
  });

  const published = `16f8c0ef${"4a".repeat(24)}2f2909ef`;
  it.each([published, "your_jwt_secret_here", "<secret>"])(
    "%s is reported as a published sample, and not repeated",
    (secret) => {
      const found = find({ JWT_SECRET: secret });
      expect(found).toMatchObject([{ rule: "jwt-secret", severity: "warning" }]);
      expect(JSON.stringify(found)).not.toContain(secret);
    },
  );

  it("a private secret is not reported", () => {
    expect(find({ JWT_SECRET: published.replace("16f8", "16f9") })).toEqual([]);
  });
});

describe("endpoints.agents.capabilities", () => {
  it.each([
    ["[tools, file_search]", {}, /does not set RAG_API_URL/, /npx llm-provider rag.*localhost:8000.*docker\.internal/],
    ["[tools, file_search]", { RAG_API_URL: "" }, /does not set RAG_API_URL/, /docker-compose\.yml/],
    ["[tools]", { RAG_API_URL: "http://rag:8000" }, /switched off/, /Add file_search/],
    ["[]", { RAG_API_URL: "http://rag:8000" }, /switched off/, /Add file_search/],
  ])("%s with %j gives a remark", (capabilities, environment, message, fix) => {
    expect(find(environment, agents(capabilities))).toMatchObject([
      {
        rule: "file-search",
        severity: "info",
        line: 4,
        message: expect.stringMatching(message),
        fix: expect.stringMatching(fix),
      },
    ]);
  });

  it.each([
    [agents("[tools]"), {}],
    [agents("[file_search]"), { RAG_API_URL: "http://rag:8000" }],
    ["version: 1.3.17\nendpoints:\n  agents:\n    recursionLimit: 30\n", {}],
    ["version: 1.3.17\nendpoints:\n  agents:\n    recursionLimit: 30\n", { RAG_API_URL: "http://rag:8000" }],
  ])("%j with %j gives no finding", (text, environment) => {
    expect(find(environment, text)).toEqual([]);
  });

  it("only the schema rule reports a misspelt name", () => {
    const found = find({ RAG_API_URL: "http://rag:8000" }, agents("[file-search]"));
    expect(found.map(({ rule }) => rule)).toEqual(["schema"]);
  });
});
