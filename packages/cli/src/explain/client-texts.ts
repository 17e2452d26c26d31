import texts from "./client-texts.json" with { type: "json" };

/** A text of the network, of Node, or of a client library. It says that no answer came, or what became of one. */
export interface ClientText {
  readonly pattern: RegExp;
  /** It is one even where the error has a status. */
  readonly isAnswer?: boolean;
  /** It is what the whole field says: tried only where nothing else knows the error. */
  readonly isCommon?: boolean;
  readonly cause: string;
  readonly fix: string;
  /** The line of librechat.yaml that mends it. */
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

/** LangChain's link: said only where the answer itself says no more. */
export const langChainText: ClientText = toText(texts.langChain);
