import { ApiProblem, offline, problemFrom, sentenceOf } from './problem';

describe('an answer that is a problem', () => {
  const conflict = problemFrom(409, {
    type: 'urn:kaijisho:problem:EditConflict',
    title: 'EditConflict',
    status: 409,
    detail: 'Somebody else saved this item.',
    detailJa: 'ほかの人が保存しました。',
    itemKey: 'I-4',
    bodyHash: 'abc',
  });

  it('keeps its name, both sentences and what it is about', () => {
    expect(conflict).toMatchObject({
      problem: 'EditConflict',
      status: 409,
      extensions: { itemKey: 'I-4', bodyHash: 'abc' },
    });
    expect(Object.keys(conflict.extensions)).toEqual(['itemKey', 'bodyHash']);
  });

  it('is told in the language of the screen', () => {
    expect(sentenceOf(conflict, 'ja')).toBe('ほかの人が保存しました。');
    expect(sentenceOf(conflict, 'en')).toBe('Somebody else saved this item.');
  });

  it('falls back to the English sentence when there is no Japanese one', () => {
    expect(sentenceOf(problemFrom(400, { title: 'Bad', detail: 'Mend it.' }), 'ja')).toBe('Mend it.');
  });

  it.each([502, 503, 504])('means that the server is away when a proxy answers %i with a page', (status) => {
    expect(problemFrom(status, undefined)).toEqual(offline());
  });

  it('is unexpected, with a sentence that says what to do, when it is no problem document', () => {
    const problem = problemFrom(500, { message: 'stack' });
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem.problem).toBe('Unexpected');
    expect(sentenceOf(problem, 'ja')).toContain('読み込み直して');
  });

  it('never shows the words of a thrown error that is none of ours', () => {
    expect(sentenceOf(new TypeError('x is undefined'), 'ja')).not.toContain('undefined');
  });
});
