// A day's sweep over a million certificates, and how fast the mails that come of it go out, beside a plain loop over nodemailer.
import { withDatabase } from './installation.mjs';
import { inProcess, rounded } from './measure.mjs';

const CERTIFICATES = process.env.BENCH_CERTIFICATES ?? '1000000';

export const run = () =>
  withDatabase(async (databaseUrl) => {
    const { certificates, due, filledIn, sweepSeconds, emptySeconds, grownBy, mails } = await inProcess(
      'reminders-once.mjs',
      databaseUrl,
      CERTIFICATES,
    );
    const looks = due / sweepSeconds;
    return [
      {
        bench: 'reminder sweep, a day’s due',
        ...{ value: Math.round(looks), unit: 'reminders/s', atLeast: 300 },
        ...{ certificates, due, seconds: rounded(sweepSeconds), filledIn: rounded(filledIn) },
      },
      {
        bench: 'reminder sweep, nothing due',
        ...{ value: rounded(emptySeconds * 1000), unit: 'ms', limit: 100, certificates },
      },
      { bench: 'reminder sweep, memory', value: rounded(grownBy), unit: 'MB more', limit: 150, certificates, due },
      {
        bench: 'reminder mails, recorded in the ledger',
        ...{ value: Math.round(mails.ours), unit: 'mails/s', atLeast: 100 },
        ...{
          ratio: rounded(mails.ours / mails.plain),
          against: 'a plain loop over nodemailer',
          plain: Math.round(mails.plain),
        },
        ...{ mails: mails.count },
      },
    ];
  });
