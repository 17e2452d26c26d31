import texts from "./client-texts.json" with { type: "json" };

/** A text of the network, of Node, or of a client library: no answer came, or the client reports an answer. */
export interface ClientText {
  readonly pattern: RegExp;
  /** It counts even if the error has a status. */
  readonly isAnswer?: boolean;
  /** Many vendors use it: tried only if no other text matches. */
  readonly isCommon?: boolean;
  readonly cause: string;
  readonly fix: string;
  /** The line of librechat.yaml that corrects it. */
  readonly librechat?: string;
  readonly source: string;
}

type PlainText = Omit<ClientText, "pattern"> & { readonly pattern: string; readonly flags?: string };

const toText = ({ pattern, flags, ...text }: PlainText): ClientText => ({
  ...text,
  pattern: new RegExp(pattern, flags),
});

/** First match wins. */
export const clientTexts: readonly ClientText[] = texts.texts.map(toText);

/** LangChain's link: explained only if the answer itself says no more. */
export const langChainText: ClientText = toText(texts.langChain);
