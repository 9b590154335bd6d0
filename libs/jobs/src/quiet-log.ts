import type { JobsLog } from './queue';

/**
 * Says the same sentence at most once a minute, and how often it was held back: a server that is away makes its clients
 * complain many times a second.
 */
export const quietLog = (log: JobsLog, now: () => number = Date.now, everyMs = 60_000): JobsLog => {
  const said = new Map<string, { at: number; heldBack: number }>();
  const quietly = (say: (message: string) => void) => (message: string) => {
    const last = said.get(message);
    if (last !== undefined && now() - last.at < everyMs) {
      last.heldBack++;
      return;
    }
    if (said.size > 1_000) said.clear();
    said.set(message, { at: now(), heldBack: 0 });
    say(last?.heldBack ? `${message} (and ${last.heldBack} times before)` : message);
  };
  return { warn: quietly((message) => log.warn(message)), error: quietly((message) => log.error(message)) };
};
