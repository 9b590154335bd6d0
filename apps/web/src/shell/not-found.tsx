import { Button, Text } from '@mantine/core';
import { useCommon } from '../messages/language';
import { Page } from './page';

export const NotFound = () => {
  const t = useCommon();
  return (
    <Page title={t.notFoundTitle} width="text">
      <Text mb="lg">{t.notFoundText}</Text>
      <Button component="a" href="/">
        {t.toHome}
      </Button>
    </Page>
  );
};
