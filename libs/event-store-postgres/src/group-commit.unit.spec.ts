import { GroupCommit } from './group-commit';

/** A commit that ends when the test says so. */
const commits = (maxSize = 10) => {
  const groups: { jobs: readonly number[]; finish: () => void; fail: (error: Error) => void }[] = [];
  const run = (jobs: readonly number[]) =>
    new Promise<readonly string[]>((fulfil, fail) =>
      groups.push({ jobs, finish: () => fulfil(jobs.map((job) => `done ${job}`)), fail }),
    );
  return { groups, queue: new GroupCommit(run, (job) => (job >= 100 ? 10 : 1), maxSize) };
};
const settled = () => new Promise((turn) => setImmediate(turn));

describe('a group commit', () => {
  it('starts a lone job at once', () => {
    const { groups, queue } = commits();
    void queue.submit(1);
    expect(groups.map(({ jobs }) => jobs)).toEqual([[1]]);
  });

  it('gathers what comes while a group is under way, and answers each caller with its own', async () => {
    const { groups, queue } = commits();
    const answers = Promise.all([1, 2, 3, 4].map((job) => queue.submit(job)));
    expect(groups.map(({ jobs }) => jobs)).toEqual([[1]]);
    groups[0]?.finish();
    await settled();
    expect(groups.map(({ jobs }) => jobs)).toEqual([[1], [2, 3, 4]]);
    groups[1]?.finish();
    expect(await answers).toEqual(['done 1', 'done 2', 'done 3', 'done 4']);
  });

  it('keeps those together who were answered together and come again, though each on its own way', async () => {
    const { groups, queue } = commits();
    const twice = async (job: number) => {
      await queue.submit(job);
      for (let step = 0; step < job; step++) await null;
      await queue.submit(job + 10);
    };
    const writers = [1, 2, 3, 4].map(twice);
    for (let next = 0; next < 4; next++) {
      groups[next]?.finish();
      await settled();
    }
    expect(groups.map(({ jobs }) => jobs)).toEqual([[1], [2, 3, 4, 11], [12, 13, 14]]);
    await Promise.all(writers);
  });

  it('keeps a group below its size, but takes a job that is larger than a group alone', async () => {
    const { groups, queue } = commits();
    const answers = Promise.all([1, 2, 3, 100, 4].map((job) => queue.submit(job)));
    for (let next = 0; next < 4; next++) {
      groups[next]?.finish();
      await settled();
    }
    expect(groups.map(({ jobs }) => jobs)).toEqual([[1], [2, 3], [100], [4]]);
    await answers;
  });

  it('sets out as a second group beside the first when a crowd waits, and never as a third', async () => {
    const { groups, queue } = commits(100);
    const answers = Promise.all(Array.from({ length: 50 }, (_, job) => queue.submit(job)));
    expect(groups.map(({ jobs }) => jobs.length)).toEqual([1, 16]);
    groups[0]?.finish();
    await settled();
    expect(groups.map(({ jobs }) => jobs.length)).toEqual([1, 16, 33]);
    groups[2]?.finish();
    groups[1]?.finish();
    expect(await answers).toEqual(Array.from({ length: 50 }, (_, job) => `done ${job}`));
  });

  it('runs the jobs of a failed group again one by one, so that only the bad one fails', async () => {
    const { groups, queue } = commits();
    const answers = Promise.allSettled([1, 2, 3, 4].map((job) => queue.submit(job)));
    groups[0]?.finish();
    await settled();
    groups[1]?.fail(new Error('one of them is bad'));
    await settled();
    groups[2]?.finish();
    await settled();
    groups[3]?.fail(new Error('three is bad'));
    await settled();
    groups[4]?.finish();
    expect(
      (await answers).map((answer) => (answer.status === 'fulfilled' ? answer.value : answer.reason.message)),
    ).toEqual(['done 1', 'done 2', 'three is bad', 'done 4']);
    expect(groups.map(({ jobs }) => jobs)).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
  });
});
