type Delta = {
  content?: string | null;
  reasoning_content?: string | null;
  reasoning?: string | null;
  tool_calls?: readonly { index: number; function?: { name?: string; arguments?: string } }[];
};

/** The result of a stream. */
export type Sink = {
  text: string;
  reasoning: string;
  toolCalls: { name: string; arguments: string }[];
  chunks: number;
  began: number;
  /** Milliseconds from the call to the first delta. */
  firstDelta: number;
};

/** Collects what a stream yields: the same cheap work for every contender. */
export function createSink(): Sink {
  return { text: "", reasoning: "", toolCalls: [], chunks: 0, began: performance.now(), firstDelta: 0 };
}

function count(sink: Sink): void {
  if (sink.chunks++ === 0) sink.firstDelta = performance.now() - sink.began;
}

export function addText(sink: Sink, text: string | null | undefined): void {
  if (!text) return;
  count(sink);
  sink.text += text;
}

export function addReasoning(sink: Sink, text: string | null | undefined): void {
  if (!text) return;
  count(sink);
  sink.reasoning += text;
}

export function addTool(sink: Sink, index: number, name?: string, args?: string): void {
  count(sink);
  const call = (sink.toolCalls[index] ??= { name: "", arguments: "" });
  if (name) call.name = name;
  if (args) call.arguments += args;
}

/** The `delta` of a Chat Completions chunk. */
export function addDelta(sink: Sink, delta: Delta | undefined): void {
  if (!delta) return;
  if (delta.content) addText(sink, delta.content);
  const reasoning = delta.reasoning_content ?? delta.reasoning;
  if (reasoning) addReasoning(sink, reasoning);
  for (const call of delta.tool_calls ?? []) addTool(sink, call.index, call.function?.name, call.function?.arguments);
}
