import { useSyncExternalStore } from 'react';
import { ApiProblem } from '../api/problem';

/** How many saves of items are on their way, also of an item that was left meanwhile. */
let underWay = 0;
const listeners = new Set<() => void>();
const count = (change: 1 | -1): void => {
  underWay += change;
  listeners.forEach((listener) => listener());
};

/** Counts a save until it has succeeded or failed. */
export const underWayUntil = async <T>(save: Promise<T>): Promise<T> => {
  count(1);
  try {
    return await save;
  } finally {
    count(-1);
  }
};

export const isUnderWay = (): boolean => underWay > 0;

/** Says when a save begins or ends. @returns stops that */
export const onSaves = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Something that was written is just being saved. */
export const useIsSaving = (): boolean => useSyncExternalStore(onSaves, isUnderWay);

/** Refused for what was asked: asked again, it would be refused again. Not so where the server only had no time. */
export const isRefusal = (problem: unknown): boolean =>
  problem instanceof ApiProblem &&
  problem.status >= 400 &&
  problem.status < 500 &&
  ![408, 429].includes(problem.status);
