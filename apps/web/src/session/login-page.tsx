import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { queries } from '../api/queries';
import { useCommon, useMessages } from '../messages/language';
import { LanguageSwitch, SchemeSwitch } from '../shell/shell';
import classes from './login-page.module.css';
import { messages } from './messages';
import { SignInForm } from './sign-in-form';

const route = getRouteApi('/login');

export const LoginPage = () => {
  const t = useMessages(messages);
  const common = useCommon();
  const client = useQueryClient();
  const router = useRouter();
  const { to } = route.useSearch();
  return (
    <main className={classes.desk}>
      <title>{`${t.title} — ${common.product}`}</title>
      <div className={classes.cover}>
        <p className={classes.line}>{common.productLine}</p>
        <h1 className={classes.brand}>{common.product}</h1>
        <hr className={classes.rule} />
        <SignInForm
          onSignedIn={(session) => {
            client.setQueryData(queries.session().queryKey, session);
            router.history.push(to ?? '/');
          }}
        />
        {to && (
          <Text size="sm" c="dimmed" mt="md">
            {t.wanted}
          </Text>
        )}
        <Text size="sm" c="dimmed" mt="xl">
          {t.about}
        </Text>
      </div>
      <div className={classes.switches}>
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
    </main>
  );
};
