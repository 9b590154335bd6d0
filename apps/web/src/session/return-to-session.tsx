import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { onSessionEnd } from '../api/client';
import { problemFrom } from '../api/problem';
import { queries } from '../api/queries';
import type { Session } from '../api/types';
import { useMessages } from '../messages/language';
import { Dialog } from '../shell/dialog';
import { messages } from './messages';
import { SignInForm } from './sign-in-form';

type Waiting = { readonly goOn: () => void; readonly giveUp: (reason: unknown) => void };

/**
 * The session ended while somebody was working: they sign in again over the page, which stays as it is, and what was being sent is
 * sent again. Several requests may wait for the same sign-in.
 */
export const ReturnToSession = () => {
  const t = useMessages(messages);
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);

  useEffect(() => {
    onSessionEnd(() => new Promise<void>((goOn, giveUp) => setWaiting((others) => [...others, { goOn, giveUp }])));
    return () => onSessionEnd(null);
  }, []);

  const settle = (with_: (one: Waiting) => void): void => {
    waiting.forEach(with_);
    setWaiting([]);
  };
  const signedIn = (session: Session): void => {
    const before = client.getQueryData<Session>(queries.session().queryKey);
    // Somebody else at the same screen must not send on what the first one wrote.
    if (before && before.user.id !== session.user.id) return location.reload();
    client.setQueryData(queries.session().queryKey, session);
    settle(({ goOn }) => goOn());
  };
  const later = (): void => {
    const ended = problemFrom(401, {
      title: 'NotSignedIn',
      detail: messages.en.endedText,
      detailJa: messages.ja.endedText,
    });
    settle(({ giveUp }) => giveUp(ended));
  };

  if (waiting.length === 0) return null;
  return (
    <Dialog onClose={later} title={t.ended}>
      <Text size="sm" mb="md">
        {t.endedText}
      </Text>
      <SignInForm onSignedIn={signedIn} />
      <Button variant="subtle" color="gray" c="inherit" fullWidth mt="xs" onClick={later}>
        {t.later}
      </Button>
    </Dialog>
  );
};
