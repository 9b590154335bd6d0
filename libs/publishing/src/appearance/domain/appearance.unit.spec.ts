import { appearanceDecider, contrastOf, plainAppearance, type Appearance } from './appearance';

const stamp = { by: { id: 'u-1', name: '管理 者' }, at: '2031-04-01T00:00:00.000Z' };
const change = (appearance: Partial<Appearance>, state = plainAppearance) =>
  appearanceDecider.decide({ type: 'ChangeAppearance', ...plainAppearance, ...appearance, ...stamp }, state);

describe('the appearance of a company', () => {
  it('is what was set last', () => {
    const decision = change({ accent: '#7a1f2b', colophon: '制作：広報部' });
    if (!('events' in decision)) throw new Error('refused');
    expect(decision.events.reduce(appearanceDecider.evolve, plainAppearance)).toEqual({
      logo: null,
      accent: '#7a1f2b',
      colophon: '制作：広報部',
    });
  });

  it('is not changed into what it is', () => {
    const state = { ...plainAppearance, accent: '#7a1f2b' };
    expect(change(state, state)).toMatchObject({ events: [] });
  });

  it('has no colour that is hard to read on the grounds it stands on', () => {
    expect(change({ accent: '#7fb2ff' })).toMatchObject({ rejection: { type: 'AccentTooLight', contrast: 1.97 } });
    // #767676 has 4.54 : 1 on white, but less on the light ground of tables and quotations.
    expect(change({ accent: '#767676' })).toMatchObject({ rejection: { contrast: 4.15 } });
    expect(change({ accent: '#6a6a6a' })).toMatchObject({ events: [expect.anything()] });
  });
});

describe('contrast', () => {
  it('is as WCAG computes it', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastOf('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
    expect(contrastOf('#1f3a5f', '#1f3a5f')).toBe(1);
  });
});
