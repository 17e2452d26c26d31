/** The address of one of an endpoint's paths. A query of the base URL is appended after the path. */
export function endpointURL(baseURL: string, path: string): string {
  const at = baseURL.indexOf("?");
  const [root, query] = at < 0 ? [baseURL, ""] : [baseURL.slice(0, at), baseURL.slice(at)];
  return root.replace(/\/+$/, "") + path + query;
}
