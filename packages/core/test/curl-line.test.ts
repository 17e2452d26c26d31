import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlLine } from "../src/provider/curl-line.ts";

test("names and reasons cannot end the comment, and the shell expands only the key's variable", () => {
  const evil = "top_k\n\r\u0085\u2028echo run $(echo run) `echo run`";
  const line = curlLine({
    url: "https://api.acme.example/v1/$(echo run)",
    headers: { authorization: "Bearer $ACME_API_KEY", "x-note": "$(echo run) `echo run`" },
    body: { model: "m", [evil]: evil },
    changes: [{ parameter: evil, action: "dropped", reason: evil, source: evil }],
  });
  // In this shell, curl is a function that prints its arguments.
  const printed = execFileSync("sh", ["-c", `curl() { printf '%s\\n' "$@"; }\n${line}`], {
    env: { ACME_API_KEY: "the-key", PATH: process.env["PATH"]! },
    encoding: "utf8",
  });
  const lines = printed.split("\n");
  expect(lines).not.toContain("run");
  expect(lines).toContain("https://api.acme.example/v1/$(echo run)");
  expect(lines).toContain("authorization: Bearer the-key");
  expect(lines).toContain("x-note: $(echo run) `echo run`");
  expect(line.split("\n").filter((one) => one.startsWith("#"))).toHaveLength(1);
});
