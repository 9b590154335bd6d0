import { robotsText } from './sitemap.controller';

/** RFC 9309, 2.2.2: the longest rule that matches counts, and of two as long the one that allows; where none matches, all is allowed. */
const mayRead = (robots: string, path: string): boolean => {
  const rules = [...robots.matchAll(/^(Allow|Disallow): (.+)$/gm)].map(([, kind, pattern = '']) => ({
    allows: kind === 'Allow',
    pattern,
  }));
  const matches = (pattern: string): boolean => {
    const text = pattern
      .replace(/\$$/, '')
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*');
    return new RegExp(`^${text}${pattern.endsWith('$') ? '$' : ''}`).test(path);
  };
  const [rule] = rules
    .filter(({ pattern }) => matches(pattern))
    .sort((a, b) => b.pattern.length - a.pattern.length || Number(b.allows) - Number(a.allows));
  return rule?.allows ?? true;
};

describe('what search engines may read', () => {
  const robots = robotsText('https://kaijisho.example');

  it.each([
    '/d',
    '/d?lang=en',
    '/d/minato-karte',
    '/d/minato-karte?lang=en',
    '/d/minato-karte/editions/7',
    '/d/minato-karte/editions/7/disclosure.pdf',
    '/d/minato-karte/feed.xml',
    '/d/assets/portal.css?v=0123456789abcdef',
    '/verify',
    '/verify?lang=en',
    '/verify/minato-karte/7',
    '/sitemap.xml',
  ])('is %s', (path) => expect(mayRead(robots, path)).toBe(true));

  it.each([
    '/',
    '/disclosures/0190c6f2-0000-7000-8000-000000000001/editions/7',
    '/deadlines',
    '/dashboard?lang=en',
    '/verified',
    '/reviews',
    '/readers',
    '/reader/0190c6f2',
    '/login',
    '/api/disclosures',
    '/assets/index.js',
  ])('is not %s', (path) => expect(mayRead(robots, path)).toBe(false));

  it('is told to every one of them, with the list of pages', () => {
    expect(robots).toMatch(/^User-agent: \*$/m);
    expect(robots).toMatch(/^Sitemap: https:\/\/kaijisho\.example\/sitemap\.xml$/m);
  });
});
