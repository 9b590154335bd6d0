import { readFile } from 'node:fs/promises';
import { CommandFailed } from './installation';

/** @throws CommandFailed when the file cannot be read */
export const bytesOf = async (file: string): Promise<Uint8Array> => {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CommandFailed(
      `${file} を読めません。ファイル名と権限を確かめてください。（${(error as Error).message}）`,
    );
  }
};
