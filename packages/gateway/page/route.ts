import { useEffect, useState } from "preact/hooks";

/** The view in the address: `#/requests/ID/TAB/ATTEMPT`, `#/compare/ID/ID`, `#/health`, or the list. */
export interface Route {
  readonly view: "list" | "request" | "compare" | "health";
  readonly id: string;
  /** The other request of a comparison. */
  readonly other: string;
  readonly tab: string;
  readonly attempt: number | undefined;
}

/** Addresses of this page. */
export const linkTo = {
  list: "#/",
  health: "#/health",
  request: (id: string, tab = "", attempt?: number): string =>
    ["#/requests", encodeURIComponent(id), tab, attempt ?? ""].join("/").replace(/\/+$/, ""),
  comparison: (id: string, other: string): string => `#/compare/${encodeURIComponent(id)}/${encodeURIComponent(other)}`,
};

/** The current route. It follows the address. */
export function useRoute(): Route {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const onChange = (): void => setRoute(read());
    addEventListener("hashchange", onChange);
    return () => removeEventListener("hashchange", onChange);
  }, []);
  return route;
}

function read(): Route {
  const [, first = "", id = "", second = "", third = ""] = location.hash.split("/").map(decode);
  const none = { id: "", other: "", tab: "", attempt: undefined };
  if (first === "requests" && id)
    return { ...none, view: "request", id, tab: second, attempt: third === "" ? undefined : Number(third) };
  if (first === "compare" && second) return { ...none, view: "compare", id, other: second };
  return { ...none, view: first === "health" ? "health" : "list" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
