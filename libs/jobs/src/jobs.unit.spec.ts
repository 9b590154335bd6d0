import { checkJobs } from './jobs';
import { quietLog } from './quiet-log';

const job = (name: string) => ({ name, attempts: 1, backoffMs: 1, run: async () => {} });

describe('the jobs of the product', () => {
  it('fit together when each name is used once and each schedule names a job', () => {
    expect(() => checkJobs([job('a'), job('b')], [{ name: 's', everyMs: 1, job: 'b' }])).not.toThrow();
  });

  it('do not start with two jobs of one name', () => {
    expect(() => checkJobs([job('a'), job('a')], [])).toThrow('two jobs are called a');
  });

  it('do not start with two schedules of one name, or with one that names no job', () => {
    const schedules = [
      { name: 's', everyMs: 1, job: 'a' },
      { name: 's', everyMs: 1, job: 'mail.swep' },
    ];
    expect(() => checkJobs([job('a')], schedules)).toThrow(
      'two schedules are called s; the schedule s names the job mail.swep, which does not exist',
    );
  });
});

describe('the log of the queue', () => {
  const written: string[] = [];
  let now = 0;
  const log = quietLog({ warn: () => {}, error: (message) => void written.push(message) }, () => now);

  it('says a sentence once a minute, and how often it was held back', () => {
    for (let n = 0; n < 1_000; n++) log.error('connection refused');
    log.error('something else');
    now = 60_000;
    log.error('connection refused');
    expect(written).toEqual(['connection refused', 'something else', 'connection refused (and 999 times before)']);
  });
});
