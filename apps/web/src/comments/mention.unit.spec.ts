import { matching, mentionAt, mentionsIn, withMention } from './mention';

const people = [
  { id: 'u1', name: '山本 隆' },
  { id: 'u2', name: '山田 花子' },
];

describe('naming somebody in a comment', () => {
  it('begins with an @, also a wide one, and ends with a space', () => {
    expect(mentionAt('根拠は？@山', 6)).toEqual({ start: 4, typed: '山' });
    expect(mentionAt('＠', 1)).toEqual({ start: 0, typed: '' });
    expect(mentionAt('@山本 隆 さん', 8)).toBeNull();
    expect(mentionAt('@山本', 0)).toBeNull();
  });

  it('finds people by any part of their name', () => {
    expect(matching(people, '山')).toEqual(people);
    expect(matching(people, '山本隆')).toEqual([people[0]]);
    expect(matching(people, '佐藤')).toEqual([]);
  });

  it('writes the name where it was typed, and goes on behind it', () => {
    expect(withMention('根拠は？@山 です', 6, 4, '山本 隆')).toEqual({ text: '根拠は？@山本 隆  です', caret: 10 });
  });

  it('tells those who are named in the end', () => {
    expect(mentionsIn('@山田 花子 さん、確認してください。', people)).toEqual(['u2']);
    expect(mentionsIn('山田 花子さん', people)).toEqual([]);
  });
});
