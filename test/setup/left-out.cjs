// A reporter of Jest: what was left out (`it.skip`), a line each, because its own summary only counts it.
module.exports = class LeftOut {
  constructor({ testNamePattern }) {
    this.isFiltered = Boolean(testNamePattern); // then everything else is left out, as was asked for
  }

  onRunComplete(_contexts, { testResults }) {
    if (this.isFiltered) return;
    const leftOut = testResults.flatMap((file) => file.testResults).filter(({ status }) => status === 'pending');
    for (const { fullName } of leftOut) process.stderr.write(`Not run: ${fullName}\n`);
  }
};
