import type { ChatEvent } from "@llm-provider/core";
import { charactersPerToken } from "@llm-provider/core/internal";
import type { SealedExchange } from "../recording/seal.ts";
import type { Timeline } from "./inspected-request.ts";

type Tick = Timeline["ticks"][number];

/** The most ticks. Beyond that, neighbours are merged. */
const mostTicks = 2000;
/** The most slices of time in which tokens are counted. */
const mostSlices = 40;

/** Builds the timeline of a stream. `tokens` is the endpoint's count, if it has one. */
export function toTimeline(
  { at, times, sizes, endedAt }: SealedExchange,
  byRead: readonly (readonly ChatEvent[])[],
  tokens: number | undefined,
): Timeline {
  const reads = times.map((time, index) => ({
    at: time - at,
    bytes: sizes[index]!,
    kind: kindOf(byRead[index] ?? []),
    characters: charactersOf(byRead[index] ?? []),
  }));
  const end = (endedAt ?? times.at(-1) ?? at) - at;
  const firstContent = reads.find(({ kind }) => kind !== "other")?.at;
  const longestGap = gapsOf(reads).reduce<Timeline["longestGap"]>(
    (longest, gap) => (longest && longest.to - longest.from >= gap.to - gap.from ? longest : gap),
    undefined,
  );
  return {
    ticks: joined(reads).map(({ at: time, bytes, kind }) => ({ at: time, bytes, kind })),
    ...(firstContent !== undefined && { firstContent }),
    ...(longestGap && { longestGap }),
    end,
    rate: firstContent === undefined ? [] : rateOf(reads, firstContent, end, tokens),
    isEstimated: tokens === undefined,
  };
}

interface Read extends Tick {
  readonly characters: number;
}

/** The kind of a read. If it has several, the one that people wait for most counts. */
function kindOf(events: readonly ChatEvent[]): Tick["kind"] {
  const types = new Set(events.map(({ type }) => type));
  if (types.has("text") || types.has("image")) return "text";
  if (types.has("tool-call-start") || types.has("tool-call-delta")) return "tool";
  return types.has("reasoning") ? "reasoning" : "other";
}

function charactersOf(events: readonly ChatEvent[]): number {
  return events.reduce((sum, event) => {
    if (event.type === "text" || event.type === "reasoning") return sum + event.text.length;
    return event.type === "tool-call-delta" ? sum + event.arguments.length : sum;
  }, 0);
}

function gapsOf(reads: readonly Read[]): { from: number; to: number }[] {
  return reads.slice(1).map(({ at }, index) => ({ from: reads[index]!.at, to: at }));
}

function joined(reads: readonly Read[]): readonly Read[] {
  const size = Math.ceil(reads.length / mostTicks);
  if (size <= 1) return reads;
  return Array.from({ length: Math.ceil(reads.length / size) }, (_, index) => {
    const some = reads.slice(index * size, (index + 1) * size);
    const told = some.find(({ kind }) => kind !== "other") ?? some[0]!;
    return { ...told, at: some[0]!.at, bytes: some.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
}

function rateOf(reads: readonly Read[], begin: number, end: number, tokens: number | undefined): Timeline["rate"] {
  const characters = reads.reduce((sum, one) => sum + one.characters, 0);
  const slices = Math.min(mostSlices, reads.filter((one) => one.characters > 0).length);
  const width = (end - begin) / slices;
  if (characters === 0 || slices === 0 || width <= 0) return [];
  const perCharacter = tokens === undefined ? 1 / charactersPerToken : tokens / characters;
  const counted = Array.from({ length: slices }, () => 0);
  for (const one of reads) {
    const slice = Math.min(slices - 1, Math.max(0, Math.floor((one.at - begin) / width)));
    counted[slice] = counted[slice]! + one.characters * perCharacter;
  }
  return counted.map((some, index) => ({
    from: begin + index * width,
    to: begin + (index + 1) * width,
    perSecond: (some / width) * 1000,
  }));
}
