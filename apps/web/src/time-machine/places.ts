import type { MomentView, When } from './time-api';

/** What an address asks for; without a time, the newest moment. */
export const whenIn = (
  { v, t }: { readonly v?: number | undefined; readonly t?: string | undefined },
  moments: readonly MomentView[],
): When => {
  if (v !== undefined) return { version: v };
  if (t !== undefined) return { at: t };
  return whenIn(searchOf(moments.at(-1)!), []);
};

/** Which moment the slider shows for a place in the address: the last one that had come by then; -1 before all. */
export const indexAt = (moments: readonly MomentView[], when: When): number => {
  if ('version' in when)
    return moments.findLastIndex((each) => each.kind !== 'effective' && each.version <= when.version);
  const at = instantOf(when.at);
  return moments.findLastIndex((moment) => moment.at <= at);
};

/** A day is meant as it ended, as the api takes it. */
const instantOf = (written: string): string => {
  const time = new Date(/^\d{4}-\d{2}-\d{2}$/.test(written) ? `${written}T23:59:59.999+09:00` : written);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
};

/** Back to a moment, for ever: by its number; an edition takes effect without any event, and is found by the instant. */
export const searchOf = ({ kind, version, at }: MomentView): { readonly v: number } | { readonly t: string } =>
  kind === 'effective' ? { t: at } : { v: version };

export const isOfEdition = ({ kind }: MomentView): boolean =>
  kind === 'imported' || kind === 'published' || kind === 'effective';

/** The next mark in a direction; with `editions`, of those only. The same one where there is none. */
export const neighbourOf = (
  moments: readonly MomentView[],
  index: number,
  direction: 1 | -1,
  editions = false,
): number => {
  for (let at = index + direction; at >= 0 && at < moments.length; at += direction)
    if (!editions || isOfEdition(moments[at]!)) return at;
  return Math.min(Math.max(index, 0), moments.length - 1);
};

/** Every so-manieth label from the first, and the last: as many as keep their distance. `startOf`: where one begins. */
export const thinned = <T>(labels: readonly T[], startOf: (label: T) => number, distance: number): readonly T[] => {
  const last = labels.at(-1);
  if (last === undefined) return [];
  const near = (one: T, next: T): boolean => startOf(next) - startOf(one) < distance;
  for (let step = 1; step < labels.length; step++) {
    const before = labels.slice(0, -1).filter((label, at) => at % step === 0 && !near(label, last));
    if (before.every((label, at) => !near(label, before[at + 1] ?? last))) return [...before, last];
  }
  return [last];
};

/** Which marks are drawn, of ranks by place, 0 the weightiest: those of rank 0, and others as far as they keep their distance. */
export const drawn = (ranks: readonly number[], distance: number): readonly boolean[] => {
  const kept = ranks.map((rank) => rank === 0);
  for (const rank of [...new Set(ranks)].sort((a, b) => a - b))
    ranks.forEach((each, at) => {
      if (each === rank && !kept.slice(Math.max(0, at - distance + 1), at + distance).includes(true)) kept[at] = true;
    });
  return kept;
};
