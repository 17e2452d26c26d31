import { toolTwin } from "@llm-provider/testing";

/**
 * The API as its documentation describes it; the twin stands in for the endpoint. It starts as an example, like the
 * request in src: change the two together. A request also has `headers`, and `body` if it was sent one.
 */
export const twin = toolTwin(({ method, path, query }) => {
  if (path !== "search") return Response.json({ error: "There is no such page." }, { status: 404 });
  if (method !== "GET") return Response.json({ error: "Only GET is allowed." }, { status: 405 });
  const asked = query.get("q");
  const limit = query.get("limit") ?? 5;
  if (!asked) return Response.json({ error: "The parameter q is missing." }, { status: 400 });
  if (asked === "too often") return Response.json({ error: "Too many requests." }, { status: 429 });
  if (asked === "nothing") return Response.json({ results: [] });
  const results = Array.from({ length: Math.min(Number(limit), 3) }, (_, index) => ({
    title: `${asked}, part ${index + 1}`,
    url: `https://example.com/${index + 1}`,
    text: `What is known about ${asked}.`,
  }));
  return Response.json({ results });
});
