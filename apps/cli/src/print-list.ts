import { print } from './installation';

/** Prints what comes, as it comes: it may be long. As JSON one list, otherwise a line each, or `none` where nothing came. */
export const printList = async <T>(
  entries: AsyncIterable<T>,
  { json, line, none }: { readonly json?: boolean; readonly line: (entry: T) => string; readonly none: string },
): Promise<void> => {
  let printed = 0;
  if (json) process.stdout.write('[');
  for await (const entry of entries) {
    if (json) process.stdout.write(`${printed === 0 ? '\n' : ',\n'}${JSON.stringify(entry, null, 2)}`);
    else print(line(entry));
    printed++;
  }
  if (json) process.stdout.write(printed === 0 ? ']\n' : '\n]\n');
  else if (printed === 0) print(none);
};
