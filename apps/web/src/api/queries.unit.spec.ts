import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { askAgain } from './queries';

it('after a command, what was on its way for the first time is asked again', async () => {
  const client = new QueryClient();
  let saved = 'before';
  let answerFirst = (): void => undefined;
  const answers = [new Promise<void>((resolve) => (answerFirst = resolve)), Promise.resolve()];
  const shown = new QueryObserver(client, {
    queryKey: ['comparison'],
    queryFn: async () => {
      const read = saved;
      await answers.shift();
      return read;
    },
  });
  const stop = shown.subscribe(() => {});
  saved = 'after';
  const asked = askAgain(client);
  answerFirst();
  await asked;
  expect(shown.getCurrentResult().data).toBe('after');
  stop();
  client.clear();
});
