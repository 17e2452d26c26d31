/** An error of Weaviate, with its status over REST. GraphQL puts the message into a 200. */
export class TwinRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
