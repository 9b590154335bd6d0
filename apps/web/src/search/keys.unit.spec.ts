import { nameOf, opensPalette, type Pressed } from './keys';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  ...{ key, code: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false },
  ...{ isComposing: false, keyCode: 0, defaultPrevented: false, ...more },
});

describe('a key', () => {
  it('opens the palette with Ctrl or ⌘, also while one types, but not while one composes', () => {
    expect([press('k', { ctrlKey: true }), press('K', { metaKey: true })].map(opensPalette)).toEqual([true, true]);
    expect(
      [
        press('k'),
        press('k', { ctrlKey: true, shiftKey: true }),
        press('k', { ctrlKey: true, isComposing: true }),
        press('k', { ctrlKey: true, keyCode: 229 }),
      ].map(opensPalette),
    ).toEqual([false, false, false, false]);
  });

  it.each([
    [press('j'), false, 'j'],
    [press('?', { shiftKey: true }), false, '?'],
    [press('ArrowDown', { altKey: true }), true, 'Alt+ArrowDown'],
    [press('Enter', { altKey: true }), true, 'Alt+Enter'],
    [press('ß', { altKey: true, code: 'KeyS' }), false, 'Alt+S'],
    [press('Enter', { altKey: true, defaultPrevented: true }), true, 'Alt+Enter'],
    [press('j'), true, undefined],
    [press('?', { shiftKey: true }), true, undefined],
    [press('J', { shiftKey: true }), false, undefined],
    [press('j', { ctrlKey: true }), false, undefined],
    [press('j', { isComposing: true }), false, undefined],
    [press('Enter', { altKey: true, keyCode: 229 }), true, undefined],
    [press('Enter'), false, undefined],
    [press('j', { defaultPrevented: true }), false, undefined],
  ])('%# has the name that actions know', (event, typing, name) => expect(nameOf(event, typing)).toBe(name));
});
