import { progressOf } from './progress';

const watched = (isTTY: boolean) => {
  let time = 0;
  let written = '';
  const progress = progressOf('記録の書き出し', { isTTY, write: (text) => (written += text) }, () => time);
  return { progress, wait: (seconds: number) => (time += seconds * 1000), written: () => written };
};

describe('progress', () => {
  it('is one line on a terminal, drawn anew ten times a second at most, the last time as it ended', () => {
    const { progress, wait, written } = watched(true);
    progress.show(0);
    wait(0.5);
    progress.show(1_000);
    wait(0.01);
    progress.show(1_010);
    expect(written()).toBe('\r\x1b[K記録の書き出し  1,000件  2,000件/秒');
    wait(0.49);
    progress.show(2_000);
    progress.show(2_500);
    progress.end();
    expect(written().split('\r\x1b[K').slice(2)).toEqual([
      '記録の書き出し  2,000件  2,000件/秒',
      '記録の書き出し  2,500件  2,500件/秒\n',
    ]);
  });

  it('tells the share and the time that remains where the whole is known, from what was done this time', () => {
    const { progress, wait, written } = watched(true);
    progress.show(50_000, 0.5);
    wait(90);
    progress.show(60_000, 0.6);
    expect(written()).toBe('\r\x1b[K記録の書き出し  60,000件  111件/秒  60%  残り約6分0秒');
    progress.end();
    expect(written().endsWith('残り約6分0秒\n')).toBe(true);
  });

  it('is a plain line every ten seconds elsewhere, and nothing for what is done sooner', () => {
    const { progress, wait, written } = watched(false);
    for (let second = 0; second <= 25; second++) {
      progress.show(second * 100);
      wait(1);
    }
    progress.end();
    expect(written()).toBe('記録の書き出し  1,000件  100件/秒\n記録の書き出し  2,000件  100件/秒\n');
    const soon = watched(false);
    soon.progress.show(1);
    soon.progress.end();
    expect(soon.written()).toBe('');
  });

  it('writes nothing when nothing was done', () => {
    const { progress, written } = watched(true);
    progress.end();
    expect(written()).toBe('');
  });
});
