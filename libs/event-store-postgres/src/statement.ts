import type { BindConfig, Connection, Pool, Submittable } from 'pg';

export type Statement = {
  /** Under which each connection keeps it prepared: the same name always with the same text. */
  readonly name: string;
  readonly text: string;
  /** Texts as the server reads them; a buffer is in the binary form of the parameter's type. */
  readonly values: readonly (string | Buffer | null)[];
};

/** A connection knows the statements that are prepared on it. */
type Prepared = Connection & { readonly parsedStatements: Readonly<Record<string, string | undefined>> };

/** A row as the server sends it: no number is parsed, so positions beyond 2^53 stay what they are. */
type Texts = readonly (string | null)[];

/**
 * Runs a prepared statement and makes of each row, when it arrives, what is wanted of it: its texts are garbage before there are many.
 * Beside pg's own query it spares the description of the columns, which is asked for and parsed at every execution, and what is
 * kept for every row: with one event that is as much time as its hash takes.
 *
 * @param ofRow when it throws, the other rows are let go by, and its error is what is thrown here
 */
export const execute = async <R extends Texts, T>(
  pool: Pool,
  statement: Statement,
  ofRow: (row: R) => T,
): Promise<T[]> => {
  const results: T[] = [];
  const onRow = (row: Texts) => void results.push(ofRow(row as R));
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await new Promise<void>((fulfil, fail) => {
      client.query(new Execution(statement, onRow, fulfil, fail));
    });
    return results;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
};

/** What pg's client runs and tells of the server's answers: see `Submittable` in pg, and pg-cursor for another one. */
class Execution implements Submittable {
  private failure: unknown;
  private hasFailed = false;
  // By these the client notes what it has prepared.
  readonly name: string;
  readonly text: string;

  constructor(
    private readonly statement: Statement,
    private readonly onRow: (row: Texts) => void,
    private readonly fulfil: () => void,
    private readonly fail: (error: unknown) => void,
  ) {
    ({ name: this.name, text: this.text } = statement);
  }

  // Protocol 3.0, "Extended Query": Parse (once), Bind, Execute, Sync, in one write.
  submit(connection: Connection): void {
    const { name, text, values } = this.statement;
    connection.stream.cork();
    try {
      if (!(connection as Prepared).parsedStatements[name]) connection.parse({ name, text, types: [] }, true);
      connection.bind({ statement: name, values: values as NonNullable<BindConfig['values']> }, true);
      connection.execute(null, true);
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  }

  handleDataRow({ fields }: { readonly fields: Texts }): void {
    if (this.hasFailed) return;
    try {
      this.onRow(fields);
    } catch (error) {
      this.failure = error;
      this.hasFailed = true;
    }
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    if (this.hasFailed) this.fail(this.failure);
    else this.fulfil();
  }

  handleError(error: unknown): void {
    this.fail(error);
  }
}
