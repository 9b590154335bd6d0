/** Says on standard error how far something has come that takes long. */
export type Progress = {
  /** So many are done; `share` is how much of the whole that is (0 to 1), where it is known. Cheap: call it as often as you like. */
  readonly show: (count: number, share?: number) => void;
  /** Leaves the line, so that something else can be written below it. */
  readonly end: () => void;
};

const REDRAW_MS = 100;
const LINE_MS = 10_000;

/**
 * On a terminal one line that is drawn anew, elsewhere a line every ten seconds:
 * `記録の書き出し  12,000件  3,400件/秒  45%  残り約2分10秒`. Rate and remaining time are of what was done since the first call, so
 * that work which goes on where it was interrupted does not look faster than it is.
 */
export const progressOf = (
  label: string,
  out: { readonly isTTY?: boolean; readonly write: (text: string) => unknown } = process.stderr,
  now: () => number = () => performance.now(),
): Progress => {
  let first: { readonly at: number; readonly count: number; readonly share: number } | undefined;
  let latest: string | undefined;
  let shownAt = now();

  const draw = (line: string): void => {
    out.write(out.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    shownAt = now();
    latest = undefined;
  };
  return {
    show: (count, share = 0) => {
      first ??= { at: now(), count, share };
      const seconds = (now() - first.at) / 1000;
      const rate = seconds > 0 ? [`${number((count - first.count) / seconds)}件/秒`] : [];
      const part = share > 0 ? [`${Math.floor(share * 100)}%`] : [];
      const remaining = (seconds * (1 - share)) / (share - first.share);
      const rest = Number.isFinite(remaining) && remaining >= 1 ? [`残り約${duration(remaining)}`] : [];
      latest = [label, `${number(count)}件`, ...rate, ...part, ...rest].join('  ');
      if (now() - shownAt >= (out.isTTY ? REDRAW_MS : LINE_MS)) draw(latest);
    },
    end: () => {
      if (!out.isTTY || !first) return;
      if (latest !== undefined) draw(latest);
      out.write('\n');
    },
  };
};

const number = (value: number): string => Math.round(value).toLocaleString('ja-JP');

const duration = (seconds: number): string => {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours}時間${minutes}分`;
  return minutes > 0 ? `${minutes}分${whole % 60}秒` : `${whole}秒`;
};
