import { missingGlyphs, unprintableIn } from './glyphs';

describe('the repertoire of the printed disclosure', () => {
  it('has Japanese text as it is written', () =>
    expect(missingGlyphs('医療情報システムの安全管理、「①㊿※〒㈱㎡」ｶﾅ～−－ ABC 012 髙𠮷葛󠄀 が')).toEqual([]));

  it('lacks emoji and hangul, each told once', () =>
    expect(missingGlyphs('可😀否😀한\u0007')).toEqual(['😀', '한', '\u0007']));

  it('takes line breaks and invisible joiners for what they are', () =>
    expect(missingGlyphs('a\r\n\tb\u200b\u2028\ufeff')).toEqual([]));

  it('refuses what turns the order of the text around, and names what cannot be seen', () =>
    expect(unprintableIn('前\u202eabc\u202c後\u0007\ue000😀\u200f')).toEqual(['U+202E', 'U+0007', 'U+E000', '😀']));
});
