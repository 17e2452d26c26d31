/** Why a file cannot be read or stored. `message` is a sentence for the person who uploaded it. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly code: "unsupported" | "unreadable" | "empty" | "too-large";

  constructor(code: DocumentError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
