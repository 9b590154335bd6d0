import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/client';
import { useMessages } from '../messages/language';
import { ButtonLink } from '../shell/link';
import { PasswordField } from '../shell/password-field';
import { ProblemText } from '../shell/problem-text';
import { Cover } from './cover';
import { messages } from './messages';

/** Where the link of a reset leads: its owner chooses the next password. The token stands after the #, which no server sees. */
export const PasswordChoicePage = () => {
  const t = useMessages(messages);
  const [token] = useState(() => location.hash.slice(1));
  const [next, setNext] = useState('');
  const choose = useMutation({
    mutationFn: () => request('/api/session/password-choice', { method: 'POST', body: { token, newPassword: next } }),
    onSuccess: () => history.replaceState(null, '', location.pathname),
  });
  return (
    <Cover title={t.choosePassword}>
      {choose.isSuccess ? (
        <Stack gap="md">
          <Text role="status">{t.passwordChosen}</Text>
          <ButtonLink to="/login">{t.toSignIn}</ButtonLink>
        </Stack>
      ) : token === '' ? (
        <Alert color="seal" variant="outline">
          {t.linkIncomplete}
        </Alert>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            choose.mutate();
          }}
        >
          <Stack gap="md">
            <Text size="sm">{t.choosePasswordAbout}</Text>
            {choose.isError && <ProblemText error={choose.error} />}
            <PasswordField
              label={t.newPassword}
              description={t.newPasswordHelp}
              name="new-password"
              autoComplete="new-password"
              required
              withAsterisk={false}
              autoFocus
              value={next}
              onChange={(event) => setNext(event.currentTarget.value)}
            />
            <Button type="submit" loading={choose.isPending} disabled={next === ''} fullWidth>
              {t.choosePasswordNow}
            </Button>
          </Stack>
        </form>
      )}
    </Cover>
  );
};
