import type { ChatResult, Limit } from "../chat/chat-result.ts";
import type { ErrorCode } from "../chat/error-code.ts";
import type { Json } from "../json.ts";

/** Everything about an error but its text. */
export interface ProviderErrorFields {
  code: ErrorCode;
  provider: string;
  model?: string;
  status?: number;
  requestId?: string;
  retryable?: boolean;
  /** Milliseconds. */
  retryAfter?: number;
  hint?: string;
  body?: unknown;
  metadata?: { [key: string]: Json | undefined };
  limits?: { requests?: Limit; tokens?: Limit };
  partial?: Partial<ChatResult>;
  /** The error that a tool's own code threw, without the key. */
  cause?: unknown;
}

const page = "https://github.com/llm-provider/llm-provider/blob/main/docs/errors.md";

/** Survives two copies of the package in one program, where `instanceof` does not. */
const mark = Symbol.for("llm-provider.ProviderError");

/**
 * The only error that is thrown. `message` is the vendor's own text if it sent any, `hint` says what a person should do, and
 * no field has a secret. `ProviderError.is(error)` tells it from others.
 */
export class ProviderError extends Error {
  override readonly name = "ProviderError" as const;
  readonly code: ErrorCode;
  readonly provider: string;
  declare readonly model?: string;
  declare readonly status?: number;
  declare readonly requestId?: string;
  /** May the same request succeed later? */
  readonly retryable: boolean;
  /** How long the endpoint asks to wait, in milliseconds. */
  declare readonly retryAfter?: number;
  /** What a person should do. */
  declare readonly hint?: string;
  /** The page about this code. */
  readonly help: string;
  /** The endpoint's answer, without secrets. */
  declare readonly body?: unknown;
  declare readonly metadata?: { [key: string]: Json | undefined };
  declare readonly limits?: { requests?: Limit; tokens?: Limit };
  /** Whatever arrived before the error. */
  declare readonly partial?: Partial<ChatResult>;

  constructor(message: string, fields: ProviderErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    const { code, provider, retryable, cause: _, ...rest } = fields;
    this.code = code;
    this.provider = provider;
    this.retryable = retryable ?? false;
    this.help = `${page}#${code}`;
    // Unknown fields are absent, so that a printed error stays short.
    for (const [key, value] of Object.entries(rest)) if (value !== undefined) Object.assign(this, { [key]: value });
    Object.defineProperty(this, mark, { value: true });
  }

  static is(value: unknown): value is ProviderError {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[mark] === true;
  }
}
