import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { expect } from "vitest";

type Content = { type: string; text: string }[];

export function textOf(result: Awaited<ReturnType<Client["callTool"]>>): string {
  return ((result as CallToolResult).content as Content).map(({ text }) => text).join("");
}

/** Checks what every transport must do, with the official client. */
export async function expectServed(client: Client): Promise<void> {
  const call = (name: string, input: Record<string, unknown> = {}) => client.callTool({ name, arguments: input });

  expect(client.getServerVersion()).toMatchObject({ name: "test-server", version: "1.2.3" });
  expect(client.getInstructions()).toBe("Be kind.");
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["echo", "wait", "list_aborted", "fail"]);
  expect(tools[0]).toMatchObject({
    description: "Says it again.",
    inputSchema: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
  });

  expect(textOf(await call("echo", { text: "grüß dich" }))).toBe("grüß dich");

  const bad = await call("echo", { text: 1 });
  expect(bad.isError).toBe(true);
  expect(textOf(bad)).toMatch(
    /^The input of echo does not fit: text: .*Correct these fields and call the tool again\.$/,
  );

  const failed = await call("fail");
  expect(failed.isError).toBe(true);
  expect(textOf(failed)).toBe("The vendor is down. Try again later.");

  await expect(call("nope")).rejects.toThrow(
    "There is no tool named nope. Choose one of: echo, wait, list_aborted, fail.",
  );

  const many = await Promise.all(Array.from({ length: 50 }, (_, index) => call("echo", { text: `call ${index}` })));
  expect(many.map(textOf)).toEqual(Array.from({ length: 50 }, (_, index) => `call ${index}`));

  const controller = new AbortController();
  const waiting = client.callTool({ name: "wait", arguments: { name: "first" } }, undefined, {
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(), 50);
  await expect(waiting).rejects.toThrow();
  await expect.poll(async () => textOf(await call("list_aborted"))).toContain("first");
}
