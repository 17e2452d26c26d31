import { randomBytes } from "node:crypto";
import { isSameSecret } from "@llm-provider/server";

/** The most open sessions. A further one closes the oldest. */
const mostSessions = 32;
/** How many used tokens are remembered, so that the refusal can say that a link was already used. */
const mostUsed = 32;

/** A program that may inspect with its key. */
interface InspectingClient {
  readonly key: string;
  readonly inspect?: boolean;
}

interface AccessOptions {
  /** Returns the current clients. If there are any, only those with `inspect` have access. */
  readonly clients: () => { readonly [name: string]: InspectingClient } | undefined;
  /** The operator's secret, which opens the inspector any number of times. */
  readonly operatorToken?: string;
  /** Gets the token of the next link, at once and after each use. */
  readonly onToken?: (token: string) => void;
}

/** A person or program with access. */
export interface Visitor {
  /** Undefined if the configuration has no clients. */
  readonly client: string | undefined;
}

interface Session extends Visitor {
  readonly secret: string;
}

/** Checks who may inspect requests: holders of a session, which a link or a key opens, and programs that send a secret each time. */
export class InspectorAccess {
  readonly #options: AccessOptions;
  readonly #sessions: Session[] = [];
  readonly #used: string[] = [];
  #token: string | undefined;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#issue();
  }

  /** Opens a session with the token of a link, the operator's secret, or the key of a client that may inspect. */
  open(token: string): { readonly session: string } | { readonly refusal: string } {
    const visitor = this.#visitorOf(token) ?? this.#useLink(token);
    if (!visitor) return { refusal: this.#refusalOf(token) };
    const secret = randomBytes(32).toString("base64url");
    this.#sessions.push({ ...visitor, secret });
    if (this.#sessions.length > mostSessions) this.#sessions.shift();
    return { session: secret };
  }

  /** The visitor with this secret. Undefined if the secret gives no access. */
  visitor(shown: string): Visitor | undefined {
    // Compares every session, so that the time does not reveal which one matched.
    const [session] = this.#sessions.filter(({ secret }) => isSameSecret(shown, secret));
    if (session && this.#mayInspect(session.client)) return { client: session.client };
    return this.#visitorOf(shown);
  }

  /** How to get access, for a person without a secret or with a wrong one. */
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
      return "This link was already used, and a link opens the inspector only once. A new one was printed where the program runs.";
    return `This key or link is not valid. ${this.advice}`;
  }
}
