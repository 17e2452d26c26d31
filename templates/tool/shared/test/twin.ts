/**
 * The API as its documentation describes it; it answers in the place of the endpoint. It starts as an example, like the
 * request in src: change the two together.
 */
export async function twin(address: string): Promise<Response> {
  const { pathname, searchParams } = new URL(address);
  const query = searchParams.get("q");
  if (!pathname.endsWith("/search")) return Response.json({ error: "There is no such page." }, { status: 404 });
  if (!query) return Response.json({ error: "The parameter q is missing." }, { status: 400 });
  if (query === "too often") return Response.json({ error: "Too many requests." }, { status: 429 });
  if (query === "nothing") return Response.json({ results: [] });
  const count = Math.min(Number(searchParams.get("limit") ?? 5), 3);
  const results = Array.from({ length: count }, (_, index) => ({
    title: `${query}, part ${index + 1}`,
    url: `https://example.com/${index + 1}`,
    text: `What is known of ${query}.`,
  }));
  return Response.json({ results });
}
