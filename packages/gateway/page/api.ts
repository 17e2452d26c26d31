import { showControls } from "./show-controls.ts";

/** The gateway requires a token or a client's key. */
export class SignInNeeded extends Error {}

const storageKey = "llm-provider-inspector";
const root = `${location.pathname.replace(/\/$/, "")}/api/`;

/** The API of the inspector, used with the session of this tab. */
export const api = {
  /** Sends a request with the session. Throws the gateway's message unless the status is 2xx. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const session = sessionStorage.getItem(storageKey);
    const response = await fetch(root + path, {
      ...init,
      cache: "no-store",
      credentials: "omit",
      headers: {
        ...(session && { authorization: `Bearer ${session}` }),
        ...(init.body != null && { "content-type": "application/json" }),
      },
    });
    if (response.ok) return response;
    const words = await wordsOf(response);
    throw response.status === 401 ? new SignInNeeded(words) : new Error(words);
  },

  /** Reads JSON. Control characters in its texts become visible, so every text is safe to show. */
  async get<Answer>(path: string, init?: RequestInit): Promise<Answer> {
    return read<Answer>(await (await api.fetch(path, init)).text());
  },

  async post<Answer>(path: string, body: object): Promise<Answer> {
    return api.get<Answer>(path, { method: "POST", body: JSON.stringify(body) });
  },

  /** Exchanges a token or a client's key for a session. Only the session is kept. */
  async signIn(token: string): Promise<void> {
    sessionStorage.removeItem(storageKey);
    const { session } = await api.post<{ session: string }>("session", { token });
    sessionStorage.setItem(storageKey, session);
  },

  read,
};

function read<Answer>(text: string): Answer {
  return JSON.parse(text, (_, value) => {
    if (typeof value === "string") return showControls(value);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    // Names of headers and arguments are untrusted text too.
    const names = Object.keys(value);
    if (names.every((name) => showControls(name) === name)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [showControls(name), one]));
  }) as Answer;
}

async function wordsOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { error } = read<{ error: { message: string; hint?: string } }>(text);
    return error.hint ? `${error.message} ${error.hint}` : error.message;
  } catch {
    return `The gateway answered ${response.status}.`;
  }
}
