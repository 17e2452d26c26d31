/** The text of an answer, and its JSON where it is JSON; undefined where it is longer than `limit` bytes. Nothing beyond them is read. */
export async function readAnswer(
  response: Response,
  limit: number,
): Promise<{ text: string; json: unknown } | undefined> {
  const text = response.body ? await readBounded(response.body, limit) : await response.text();
  if (text === undefined) return undefined;
  try {
    return { text, json: JSON.parse(text) };
  } catch {
    return { text, json: undefined };
  }
}

async function readBounded(body: ReadableStream<Uint8Array>, limit: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > limit) {
      void reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
