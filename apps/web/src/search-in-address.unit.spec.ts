import { defaultParseSearch } from '@tanstack/react-router';
import { searchInAddress } from './search-in-address';

describe('the search of an address', () => {
  it('has the number of an edition as it is', () =>
    expect(searchInAddress({ from: '7', to: 'draft', v: 12 })).toBe('?from=7&to=draft&v=12'));

  it.each(['007', 'true', '"7"', '12345678901234567890', 'v7', '第7版'])('gives back the text %s', (from) =>
    expect(defaultParseSearch(searchInAddress({ from }))).toEqual({ from }),
  );
});
