import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ShellRoute } from '../shell/root';
import { clocks, type Clock } from './time-api';

/** Where the slider stands: `v` a moment, or `t` an instant or a day; nothing: the newest moment. */
export type TimeSearch = {
  readonly v?: number;
  readonly t?: string;
  readonly clock?: Clock;
  /** The item whose origins are told. */
  readonly item?: string;
  /** The text that everything else is compared with: `v12`, or the number of an edition. */
  readonly from?: string;
};

export const timeMachineRoutes = (parent: ShellRoute) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: 'disclosures/$id/time',
      validateSearch: ({ v, t, clock, item, from }: Record<string, unknown>): TimeSearch => ({
        ...(typeof v === 'number' && Number.isInteger(v) && v > 0 ? { v } : {}),
        ...(typeof t === 'string' && t !== '' ? { t } : {}),
        ...(clocks.some((each) => each === clock) ? { clock: clock as Clock } : {}),
        ...(typeof item === 'string' ? { item } : {}),
        ...(typeof from === 'string' || typeof from === 'number' ? { from: String(from) } : {}),
      }),
      component: lazyRouteComponent(() => import('./time-machine-page'), 'TimeMachinePage'),
    }),
  ] as const;
