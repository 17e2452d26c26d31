import type { ChatResult, Limit } from "../chat/chat-result.ts";
import type { ErrorCode } from "../chat/error-code.ts";
import type { Json } from "../json.ts";

/** Everything about an error but its text. */
export type ProviderErrorFields = {
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
  /** What a tool's own code threw, without the key. */
  cause?: unknown;
};

const page = "https://github.com/llm-provider/llm-provider/blob/main/docs/errors.md";

/** Survives two copies of the package in one program, where `instanceof` does not. */
const mark = Symbol.for("llm-provider.ProviderError");

/** The only error thrown. `message` holds the vendor's own text; `hint` says what a person should do; no secret in any field. */
export class ProviderError extends Error {
  override readonly name = "ProviderError" as const;
  readonly code: ErrorCode;
  readonly provider: string;
  declare readonly model?: string;
  declare readonly status?: number;
  declare readonly requestId?: string;
  readonly retryable: boolean;
  /** How long the endpoint asks to wait, in milliseconds. */
  declare readonly retryAfter?: number;
  readonly hint?: string;
  declare readonly body?: unknown;
  declare readonly metadata?: { [key: string]: Json | undefined };
  declare readonly limits?: { requests?: Limit; tokens?: Limit };
  /** What had been received when it broke. */
  declare readonly partial?: Partial<ChatResult>;

  constructor(message: string, fields: ProviderErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    const { code, provider, retryable, hint, cause: _, ...rest } = fields;
    this.code = code;
    this.provider = provider;
    this.retryable = retryable ?? false;
    // A hint that names no page of the vendor's leads to ours.
    this.hint = hint?.includes("https://") ? hint : [hint, `See ${page}#${code}`].filter(Boolean).join(" ");
    // A field that is not known is absent, so that an error prints short.
    for (const [key, value] of Object.entries(rest)) {
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true });
    }
    Object.defineProperty(this, mark, { value: true });
  }

  static is(value: unknown): value is ProviderError {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[mark] === true;
  }
}
