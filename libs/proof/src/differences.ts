import { canonicalJson } from '@app/canonical-json';

export const isSame = (one: unknown, other: unknown): boolean =>
  canonicalJson(one ?? null) === canonicalJson(other ?? null);

/** The path of the first place at which two JSON values differ, such as `.parts[1].title`; null when they do not. */
export const firstDifference = (one: unknown, other: unknown): string | null => {
  if (isSame(one, other)) return null;
  if (Array.isArray(one) && Array.isArray(other)) {
    for (let i = 0; i < Math.max(one.length, other.length); i++) {
      const within = i < one.length && i < other.length ? firstDifference(one[i], other[i]) : '';
      if (within !== null) return `[${i}]${within}`;
    }
  }
  if (isObject(one) && isObject(other)) {
    for (const key of [...new Set([...Object.keys(one), ...Object.keys(other)])]) {
      const within = key in one && key in other ? firstDifference(one[key], other[key]) : '';
      if (within !== null) return `.${key}${within}`;
    }
  }
  return '';
};

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
