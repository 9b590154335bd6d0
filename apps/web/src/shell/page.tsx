import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCommon } from '../messages/language';
import classes from './page.module.css';
import { ProblemText } from './problem-text';

type PageProps = {
  readonly title: string;
  /** A line above the title: where this is. */
  readonly above?: ReactNode;
  /** Buttons to the right of the title. */
  readonly actions?: ReactNode;
  /** `wide` for work that needs the whole width. */
  readonly width?: 'text' | 'normal' | 'wide';
  readonly children: ReactNode;
};

/** A screen: sets the document's title, prints the heading, keeps the measure. */
export const Page = ({ title, above, actions, width = 'normal', children }: PageProps) => {
  const t = useCommon();
  return (
    <div className={classes.page} data-width={width}>
      <title>{`${title} — ${t.product}`}</title>
      <header className={classes.head}>
        <div>
          {above && <div className={classes.above}>{above}</div>}
          <h1 className={classes.title}>{title}</h1>
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
};

/** Grey lines in the shape of text, while it comes. */
export const Lines = ({ count = 5 }: { count?: number }) => {
  const t = useCommon();
  return (
    <Stack gap="sm" aria-busy="true" aria-label={t.loading}>
      {Array.from({ length: count }, (_, line) => (
        <Skeleton key={line} height={14} width={line % 4 === 3 ? '60%' : '100%'} radius="xs" />
      ))}
    </Stack>
  );
};

/** The answer of a question, or its skeleton, or what went wrong and a button to ask again. */
export const Loaded = <T,>({
  query,
  skeleton = <Lines />,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}) => {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ProblemText error={query.error} onRetry={() => void query.refetch()} />;
  return <>{skeleton}</>;
};
