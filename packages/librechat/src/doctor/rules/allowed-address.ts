import { asRecord } from "../as-record.ts";
import type { Path } from "../../config/config-path.ts";
import { isPrivateHost } from "@llm-provider/core/internal";
import type { Rule } from "../rule.ts";

const places: readonly Path[] = [
  ["endpoints"],
  ["mcpSettings"],
  ["actions"],
  ["ocr"],
  ["webSearch"],
  ["speech", "tts"],
  ["speech", "stt"],
];

export const allowedAddress: Rule = {
  id: "allowed-address",
  severity: "error",
  why: "LibreChat's schema takes only host:port there, and no public address; otherwise the server exits (read in librechat-data-provider 0.8.524).",
  *check({ config }) {
    for (const place of places) {
      const holder = place.reduce<unknown>((value, step) => asRecord(value)[String(step)], config);
      const list = asRecord(holder)["allowedAddresses"];
      if (!Array.isArray(list)) continue;
      for (const [index, entry] of list.entries()) {
        if (typeof entry !== "string") continue;
        const [message, fix] = troubleWith(entry) ?? [];
        if (message) yield { at: { value: [...place, "allowedAddresses", index] }, message, fix: fix! };
      }
    }
  },
};

function troubleWith(entry: string): [message: string, fix: string] | undefined {
  if (/:\/\//.test(entry))
    return [
      `"${entry}" is a URL, not host:port.`,
      `Write ${entry.replace(/^\w+:\/\//, "").replace(/\/.*$/, "")}, with its port.`,
    ];
  if (/[/\s]/.test(entry) || entry === "")
    return [`"${entry}" is not host:port.`, "Write each host with its port; ranges and paths are not taken."];
  const match = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry);
  if (!match || Number(match[2]) < 1 || Number(match[2]) > 65_535)
    return [`"${entry}" has no port.`, `Write ${entry}:PORT.`];
  const host = match[1]!;
  const isAddress = /^\d+(\.\d+){3}$/.test(host) || host.startsWith("[");
  return isAddress && !isPrivateHost(host)
    ? [`"${entry}" is a public address, which needs no exception.`, "Delete it."]
    : undefined;
}
