/** What runs SQL: a database, or a transaction in it. */
export interface Queries {
  /** @returns The rows. A bigint is a number. */
  query<Row>(sql: string, parameters?: readonly Parameter[]): Promise<Row[]>;
}

/** A value for a `$1` of a statement. Bytes are sent as they are: they have to be in the binary form of their type. */
export type Parameter = string | number | null | readonly (string | number | null)[] | Uint8Array;

/** A PostgreSQL with pgvector, embedded or elsewhere. */
export interface Database extends Queries {
  /** For messages. It has no password in it. */
  readonly place: string;
  /** All that `run` does, or nothing of it where it throws. */
  transaction<Result>(run: (queries: Queries) => Promise<Result>): Promise<Result>;
  /** The OID of pgvector's type. Every database has another. */
  readonly vectorType: number;
  /** Is told of rows that were deleted, where nothing else frees their space. */
  noteDeleted?(rows: number): Promise<void>;
  close(): Promise<void>;
}

/** The OIDs of pgvector's type and of a list of them. */
export const vectorTypes = "select 'vector'::regtype::oid::bigint as element, 'vector[]'::regtype::oid::bigint as list";
