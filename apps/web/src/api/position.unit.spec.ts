import { forgetPosition, laterOf, positionHeader, rememberPosition } from './position';

const place = (tx: number, position: number): string =>
  `${String(tx).padStart(20, '0')}-${String(position).padStart(19, '0')}`;

describe('the position that reads have to reach', () => {
  afterEach(forgetPosition);

  it('is that of the last command', () => {
    rememberPosition({ version: 3, position: place(840, 13) });
    expect(positionHeader()).toEqual({ 'if-position-at-least': place(840, 13) });
  });

  it('never goes back, whichever answer comes first', () => {
    expect(laterOf(place(840, 13), place(99, 14))).toBe(place(840, 13));
    expect(laterOf(place(840, 13), place(840, 14))).toBe(place(840, 14));
  });

  it('is left alone by a command that wrote nothing and by what is no command', () => {
    rememberPosition({ version: 3, position: null });
    rememberPosition(undefined);
    rememberPosition('text');
    rememberPosition({ entries: [] });
    expect(positionHeader()).toEqual({});
  });
});
