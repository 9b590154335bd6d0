import { MoveRefused } from '@app/log-archive';
import { CommandFailed } from './installation';

/** Says to the operator why a log was not moved: it was refused, or the file could not be read or written. */
export const movedOrFailed = async <T>(file: string, moving: Promise<T>): Promise<T> => {
  try {
    return await moving;
  } catch (error) {
    if (error instanceof MoveRefused) throw new CommandFailed(`${error.ja}\n${error.en}`);
    if (isFileError(error)) {
      throw new CommandFailed(
        `${file}を読み書きできません：${error.message}\n${file} cannot be read or written: ${error.message}`,
      );
    }
    throw error;
  }
};

const FILE_CALLS = ['open', 'read', 'write', 'stat', 'fstat', 'ftruncate', 'fsync', 'close', 'rename'];

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  FILE_CALLS.includes((error as NodeJS.ErrnoException | undefined)?.syscall ?? '');
