import type { DataSource } from 'typeorm';

/** The id of the disclosure that is named by its id or by its public name; what was written, when no disclosure is. */
export const disclosureIdOf = async (dataSource: DataSource, written: string): Promise<string> => {
  const [named]: { id: string }[] = await dataSource.query(
    'select id from disclosure_view where id = $1 or service = $1 order by (id = $1) desc limit 1',
    [written],
  );
  return named?.id ?? written;
};
