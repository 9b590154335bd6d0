import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package.json above `from`: templates, styles and fonts are found from there, also when running from dist. */
const rootAbove = (from: string): string => {
  if (existsSync(join(from, 'package.json'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error(`No package.json above ${__dirname}`);
  return rootAbove(above);
};

export const projectRoot: string = rootAbove(__dirname);
