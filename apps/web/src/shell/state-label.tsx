import type { ReactNode } from 'react';
import classes from './state-label.module.css';

/** A state in words, in a ruled box; the tone adds to the words and never replaces them. */
export const StateLabel = ({
  tone = 'plain',
  children,
}: {
  readonly tone?: 'plain' | 'ink' | 'alert';
  readonly children: ReactNode;
}) => (
  <span className={classes.label} data-tone={tone}>
    {children}
  </span>
);
