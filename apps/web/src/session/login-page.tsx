import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { queries } from '../api/queries';
import { useMessages } from '../messages/language';
import { Cover } from './cover';
import { messages } from './messages';
import { SignInForm } from './sign-in-form';

const route = getRouteApi('/login');

export const LoginPage = () => {
  const t = useMessages(messages);
  const client = useQueryClient();
  const router = useRouter();
  const { to } = route.useSearch();
  return (
    <Cover title={t.title}>
      <SignInForm
        onSignedIn={(session) => {
          client.setQueryData(queries.session().queryKey, session);
          router.history.push(to ?? '/');
        }}
      />
      <Text size="sm" c="dimmed" mt="md">
        {t.forgotten}
      </Text>
      {to && (
        <Text size="sm" c="dimmed" mt="md">
          {t.wanted}
        </Text>
      )}
      <Text size="sm" c="dimmed" mt="xl">
        {t.about}
      </Text>
    </Cover>
  );
};
