import type { OpenBody } from "./open-body.ts";

/** Reads a body as text into `into`, which keeps the text if the body breaks off. Text beyond `longest` characters is cut. */
export async function readText(
  body: OpenBody,
  longest: number,
  into: { text: string } = { text: "" },
): Promise<string> {
  const decoder = new TextDecoder();
  for (let bytes = await body.read(); bytes; bytes = await body.read()) {
    into.text += decoder.decode(bytes, { stream: true });
    if (into.text.length < longest) continue;
    body.cancel();
    return into.text.slice(0, longest);
  }
  return (into.text += decoder.decode());
}
