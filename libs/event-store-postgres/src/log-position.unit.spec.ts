import { fromPosition, toPosition } from './log-position';

describe('a position', () => {
  it('compares as text as its numbers do', () => {
    const inOrder = [
      toPosition('9', '800'),
      toPosition('10', '7'),
      toPosition('10', '12'),
      toPosition('18446744073709551615', '1'),
    ];
    expect([...inOrder].reverse().sort()).toEqual(inOrder);
  });

  it('comes back without its padding, which PostgreSQL would read as octal', () =>
    expect(fromPosition(toPosition('801', '9223372036854775807'))).toEqual({
      tx: '801',
      position: '9223372036854775807',
    }));

  it('is the beginning when there is none', () => expect(fromPosition(null)).toEqual({ tx: '0', position: '0' }));
});
