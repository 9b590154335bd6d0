import { ApiProblem, offline, problemFrom } from '../api/problem';
import { isRefusal, isUnderWay, onSaves, underWayUntil } from './saves';

describe('a save', () => {
  it('is under way until the last of them has succeeded or failed', async () => {
    const told: boolean[] = [];
    const stop = onSaves(() => told.push(isUnderWay()));
    const both = [underWayUntil(Promise.resolve('saved')), underWayUntil(Promise.reject(new Error('refused')))];
    expect(isUnderWay()).toBe(true);
    expect(await Promise.allSettled(both)).toMatchObject([{ value: 'saved' }, { status: 'rejected' }]);
    expect(isUnderWay()).toBe(false);
    expect(told).toEqual([true, true, true, false]);
    stop();
    await underWayUntil(Promise.resolve());
    expect(told).toHaveLength(4);
  });

  it.each([400, 401, 403, 404, 409, 413, 422])(
    'that was answered %i is refused: it is not tried again by itself',
    (status) => expect(isRefusal(new ApiProblem('Refused', status, '', ''))).toBe(true),
  );

  it.each([408, 429, 500, 503])('that was answered %i is tried again', (status) =>
    expect(isRefusal(problemFrom(status, undefined))).toBe(false),
  );

  it('without an answer is tried again', () => {
    expect(isRefusal(offline())).toBe(false);
    expect(isRefusal(new TypeError('not a problem'))).toBe(false);
  });
});
