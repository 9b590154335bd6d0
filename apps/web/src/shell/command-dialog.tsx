import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useRefresh } from '../api/queries';
import { useCommon } from '../messages/language';
import { notify } from './notices';
import { ProblemText } from './problem-text';
import { Dialog } from './dialog';

/** A form over the page that carries out one command. `command` answers null while something is missing. */
export const CommandDialog = ({
  title,
  about,
  now,
  done,
  dangerous = false,
  size = 'md',
  onClose,
  command,
  children,
}: {
  readonly title: string;
  readonly about?: string;
  readonly now: string;
  readonly done: string;
  readonly dangerous?: boolean;
  readonly size?: 'md' | 'lg';
  readonly onClose: () => void;
  readonly command: () => Promise<unknown> | null;
  readonly children?: ReactNode;
}) => {
  const t = useCommon();
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const running = command();
    if (running === null) {
      // What is missing may be out of sight: the button is at the end of the form.
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await running;
      await refresh();
      notify.done(done);
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Dialog onClose={onClose} title={title} size={size} busy={busy}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          {about !== undefined && <Text size="sm">{about}</Text>}
          {children}
          {error !== undefined && <ProblemText error={error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              {t.cancel}
            </Button>
            <Button type="submit" loading={busy} color={dangerous ? 'seal' : undefined}>
              {now}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
