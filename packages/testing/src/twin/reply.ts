/** One HTTP answer, and what goes wrong with it. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Each piece is one write to the socket. */
  readonly pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** Milliseconds before the headers. */
  readonly delay?: number;
  /** Milliseconds after each piece. */
  readonly pause?: number;
  /** The connection is destroyed after so many bytes of the body. */
  readonly cutAt?: number;
  /** The connection is reset instead of an answer. */
  readonly reset?: boolean;
  /** Nothing more comes: before the headers, or after the first piece. */
  readonly hang?: "headers" | "body";
};
