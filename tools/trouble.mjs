/** Something the user can put right: it is said in Japanese and in English, without a stack. */
export class Trouble extends Error {
  constructor(ja, en) {
    super(`${ja}\n\n${en}`);
    this.name = 'Trouble';
  }
}

/** Runs a tool's work; trouble is printed and ends the process with 1. */
export async function orTrouble(work) {
  try {
    return await work();
  } catch (error) {
    console.error(`\n${error instanceof Trouble ? error.message : (error.stack ?? error)}\n`);
    process.exit(1);
  }
}

const [major, minor] = process.versions.node.split('.').map(Number);

/** @throws Trouble when this Node is older than what the packages need */
export function checkNode() {
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Trouble(
    `Node.js ${process.versions.node} では動きません。20.19 以上を入れてください: https://nodejs.org/ja/download`,
    `Kaijisho does not run on Node.js ${process.versions.node}. Please install 20.19 or newer: https://nodejs.org/en/download`,
  );
}
