import { randomBytes } from "node:crypto";
import { isSameSecret } from "@llm-provider/server";

/** Sessions that are open. The oldest goes first. */
const mostSessions = 32;
/** Used tokens that are remembered, to tell their owner what happened. */
const mostUsed = 32;

/** A program that may inspect with its key. */
interface InspectingClient {
  readonly key: string;
  readonly inspect?: boolean;
}

interface AccessOptions {
  /** The clients as they are now. Where there are any, only those with `inspect` may look. */
  readonly clients: () => { readonly [name: string]: InspectingClient } | undefined;
  /** A secret of the operator's that opens the inspector as often as it is shown. */
  readonly operatorToken?: string;
  /** Gets a token for the next link, at once and whenever one was used. */
  readonly onToken?: (token: string) => void;
}

/** Who looks. */
export interface Visitor {
  /** Where clients have names. */
  readonly client: string | undefined;
}

interface Session extends Visitor {
  readonly secret: string;
}

/** Who may look at requests: sessions, which a link or a client's key opens, and secrets that are shown each time. */
export class InspectorAccess {
  readonly #options: AccessOptions;
  readonly #sessions: Session[] = [];
  readonly #used: string[] = [];
  #token: string | undefined;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#issue();
  }

  /** A session for the token of a link, for the operator's secret, or for the key of a client that may inspect. */
  open(token: string): { readonly session: string } | { readonly refusal: string } {
    const visitor = this.#visitorOf(token) ?? this.#useLink(token);
    if (!visitor) return { refusal: this.#refusalOf(token) };
    const secret = randomBytes(32).toString("base64url");
    this.#sessions.push({ ...visitor, secret });
    if (this.#sessions.length > mostSessions) this.#sessions.shift();
    return { session: secret };
  }

  /** Who shows this secret; undefined where it opens nothing. */
  visitor(shown: string): Visitor | undefined {
    // Every session is compared, so that the time does not tell which of them matched.
    const [session] = this.#sessions.filter(({ secret }) => isSameSecret(shown, secret));
    if (session && this.#mayInspect(session.client)) return { client: session.client };
    return this.#visitorOf(shown);
  }

  /** What a person reads who shows nothing, or the wrong secret. */
  get advice(): string {
    return this.#options.clients()
      ? "Enter the key of a client that has `inspect: true` in the gateway's configuration."
      : "Open the link that was printed where this program runs, or enter the value of LLM_INSPECTOR_TOKEN there.";
  }

  #visitorOf(shown: string): Visitor | undefined {
    const clients = this.#options.clients();
    const { operatorToken } = this.#options;
    if (!clients) {
      const isOperator = operatorToken !== undefined && isSameSecret(shown, operatorToken);
      return isOperator ? { client: undefined } : undefined;
    }
    const [match] = Object.entries(clients).filter(([, { key, inspect }]) => inspect && isSameSecret(shown, key));
    return match && { client: match[0] };
  }

  #useLink(token: string): Visitor | undefined {
    if (this.#options.clients() || this.#token === undefined || !isSameSecret(token, this.#token)) return undefined;
    this.#used.push(this.#token);
    if (this.#used.length > mostUsed) this.#used.shift();
    this.#issue();
    return { client: undefined };
  }

  #issue(): void {
    this.#token = randomBytes(24).toString("base64url");
    this.#options.onToken?.(this.#token);
  }

  #mayInspect(client: string | undefined): boolean {
    const clients = this.#options.clients();
    return clients ? client !== undefined && clients[client]?.inspect === true : client === undefined;
  }

  #refusalOf(token: string): string {
    if (!this.#options.clients() && this.#used.filter((used) => isSameSecret(token, used)).length > 0)
      return "This link was used already, and a link opens the inspector once. A new one was printed where the program runs.";
    return `This opens nothing. ${this.advice}`;
  }
}
