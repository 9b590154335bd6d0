import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { ApiProblem, sentenceOf } from '../api/problem';
import { useCommon, useLanguage } from '../messages/language';

/** A screen that broke: what to do, and the words for whoever mends it. */
export const Broken = ({ error }: { readonly error: unknown }) => {
  const t = useCommon();
  const language = useLanguage();
  return (
    <Stack maw={640} mx="auto" p="xl" role="alert">
      <title>{`${t.brokenTitle} — ${t.product}`}</title>
      <Title order={1}>{t.brokenTitle}</Title>
      <Text>{error instanceof ApiProblem ? sentenceOf(error, language) : t.brokenText}</Text>
      <div>
        <Button onClick={() => location.reload()}>{t.reload}</Button>
      </div>
      <Code block>{error instanceof Error ? error.message : String(error)}</Code>
    </Stack>
  );
};

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };
  static getDerivedStateFromError = (error: unknown): { readonly error: unknown } => ({ error });
  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />;
  }
}
