// Loaded before a process of the product (node --require): its wall clock is as many milliseconds off as a file says, as after
// somebody set the machine's clock. Timers go on as they do on a machine: they do not follow the wall clock.
const { readFileSync } = require('node:fs');

const file = process.env.CLOCK_OFFSET_FILE;
const RealDate = Date;
const offset = () => Number(readFileSync(file, 'utf8'));
const now = () => RealDate.now() + offset();

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(now());
    else super(...args);
  }
  static now() {
    return now();
  }
};
