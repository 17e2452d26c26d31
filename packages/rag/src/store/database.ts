/** What runs SQL: a database, or a transaction in it. */
export interface Queries {
  /** @returns The rows. A bigint is a number. */
  query<Row>(sql: string, parameters?: readonly Parameter[]): Promise<Row[]>;
}

/** A value for a `$1` of a statement. */
export type Parameter = string | number | boolean | null | readonly (string | number | null)[];

/** A PostgreSQL with pgvector, embedded or elsewhere. */
export interface Database extends Queries {
  /** For messages. It has no password in it. */
  readonly place: string;
  /** All that `run` does, or nothing of it where it throws. */
  transaction<Result>(run: (queries: Queries) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}
