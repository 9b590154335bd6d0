import { Button, Group } from '@mantine/core';
import { useMessages } from '../messages/language';
import { remindingMessages } from './messages';

/** Under a list that goes on: asks for its next page. */
export const More = ({
  query: { hasNextPage, isFetchingNextPage, fetchNextPage },
}: {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}) => {
  const m = useMessages(remindingMessages);
  if (!hasNextPage) return null;
  return (
    <Group justify="center" mt="md">
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {m.showMore}
      </Button>
    </Group>
  );
};
