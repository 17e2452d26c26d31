/** What the twin sends: a status, and JSON or a text as it is. */
export type TwinReply = {
  readonly status: number;
  readonly body: object | string;
  readonly headers?: { readonly [name: string]: string };
};
