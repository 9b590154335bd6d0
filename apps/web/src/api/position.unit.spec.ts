import { laterOf, positionsOn } from './position';

const place = (tx: number, position: number): string =>
  `${String(tx).padStart(20, '0')}-${String(position).padStart(19, '0')}`;

const shelfOf = (kept: Map<string, string>) => ({
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
  removeItem: (name: string) => void kept.delete(name),
});

describe('the position that reads have to reach', () => {
  let kept: Map<string, string>;
  let now: number;
  const loaded = () => positionsOn(shelfOf(kept), () => now);
  beforeEach(() => {
    kept = new Map();
    now = Date.parse('2030-01-02T00:00:00Z');
  });

  it('is that of the last command', () => {
    const { rememberPosition, positionHeader } = loaded();
    rememberPosition({ version: 3, position: place(840, 13) });
    expect(positionHeader()).toEqual({ 'if-position-at-least': place(840, 13) });
  });

  it('never goes back, whichever answer comes first', () => {
    expect(laterOf(place(840, 13), place(99, 14))).toBe(place(840, 13));
    expect(laterOf(place(840, 13), place(840, 14))).toBe(place(840, 14));
  });

  it('is left alone by a command that wrote nothing and by what is no command', () => {
    const { rememberPosition, positionHeader } = loaded();
    rememberPosition({ version: 3, position: null });
    rememberPosition(undefined);
    rememberPosition('text');
    rememberPosition({ entries: [] });
    expect(positionHeader()).toEqual({});
  });

  it('is asked for by the page that is loaded anew, so that it does not show the text before the last save', () => {
    loaded().rememberPosition({ version: 3, position: place(840, 13) });
    now += 1_500;
    expect(loaded().positionHeader()).toEqual({ 'if-position-at-least': place(840, 13) });
  });

  it('is asked for by no page a minute later, nor after a session has ended: the database may be another by then', () => {
    loaded().rememberPosition({ version: 3, position: place(840, 13) });
    now += 60_000;
    expect(loaded().positionHeader()).toEqual({});
    const page = loaded();
    page.rememberPosition({ version: 3, position: place(840, 14) });
    page.forgetPosition();
    expect([page, loaded()].map(({ positionHeader }) => positionHeader())).toEqual([{}, {}]);
  });

  it('is known to the page itself where the browser forbids to keep anything', () => {
    const forbidden = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    const { rememberPosition, positionHeader, forgetPosition } = positionsOn(
      { getItem: forbidden, setItem: forbidden, removeItem: forbidden },
      () => now,
    );
    rememberPosition({ version: 3, position: place(840, 13) });
    expect(positionHeader()).toEqual({ 'if-position-at-least': place(840, 13) });
    forgetPosition();
    expect(positionHeader()).toEqual({});
  });
});
