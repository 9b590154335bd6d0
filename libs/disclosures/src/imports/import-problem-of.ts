import { problemOf } from '@app/http';
import { importProblemText, type ImportProblem } from '@app/importing';

/** What somebody is answered whose file cannot be read. */
export const importProblemOf = (problem: ImportProblem) => {
  const { type, ...detail } = problem;
  const status = type === 'TooLarge' || type === 'InflatesTooMuch' || type === 'PdfTooMuch' ? 413 : 422;
  return problemOf(type, { status, ...importProblemText(problem) }, detail);
};
