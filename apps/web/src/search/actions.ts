import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** Something that can be done on the screen one stands on: offered by the palette, and by a key where it has one. */
export type Action = {
  readonly id: string;
  readonly label: string;
  /** As `KeyboardEvent.key` has it, with Alt and a letter `Alt+S`; `Alt+…` also works while one types. */
  readonly keys?: string;
  readonly run: () => void;
};

let offered: readonly (readonly Action[])[] = [];
let all: readonly Action[] = [];
const listeners = new Set<() => void>();
const offer = (change: (before: typeof offered) => typeof offered): void => {
  offered = change(offered);
  all = offered.flat();
  listeners.forEach((listener) => listener());
};
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What the mounted screens offer. */
export const useOfferedActions = (): readonly Action[] => useSyncExternalStore(subscribe, () => all);

/** Offers actions while the component is mounted. Which they are is compared by id, label and key; what they do is always the newest. */
export const useActions = (actions: readonly Action[]): void => {
  const run = useEffectEvent((id: string) => actions.find((action) => action.id === id)?.run());
  const described = JSON.stringify(actions.map(({ id, label, keys }) => ({ id, label, keys })));
  useEffect(() => {
    const mine = (JSON.parse(described) as Omit<Action, 'run'>[]).map((action) => ({
      ...action,
      run: () => run(action.id),
    }));
    offer((before) => [...before, mine]);
    return () => offer((before) => before.filter((each) => each !== mine));
  }, [described]);
};
