/** Runs SQL, in a database or in one of its transactions. */
export interface Queries {
  /** @returns The rows, with each bigint as a number. */
  query<Row>(sql: string, parameters?: readonly Parameter[]): Promise<Row[]>;
}

/** A value for a parameter such as `$1`. Bytes are sent unchanged, so they must be in the binary format of the parameter's type. */
export type Parameter = string | number | null | readonly (string | number | null)[] | Uint8Array;

/** A PostgreSQL with pgvector, embedded or elsewhere. */
export interface Database extends Queries {
  /** Names the database in messages. It contains no password. */
  readonly place: string;
  /** Runs `run` in a transaction, which is rolled back if it throws. */
  transaction<Result>(run: (queries: Queries) => Promise<Result>): Promise<Result>;
  /** The OID of pgvector's type, which differs between databases. */
  readonly vectorType: number;
  /** Counts deleted rows in a database without autovacuum, to free their space. */
  noteDeleted?(rows: number): Promise<void>;
  close(): Promise<void>;
}

/** A query for the OIDs of pgvector's type and of its array type. */
export const vectorTypes = "select 'vector'::regtype::oid::bigint as element, 'vector[]'::regtype::oid::bigint as list";
