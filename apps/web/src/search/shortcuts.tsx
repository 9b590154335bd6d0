import { ActionIcon, Kbd, Switch, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { useMessages } from '../messages/language';
import { Dialog } from '../shell/dialog';
import { useOfferedActions } from './actions';
import { isTypedIn, nameOf, opensPalette, shown } from './keys';
import { messages } from './messages';
import classes from './search.module.css';

const Palette = lazy(() => import('./palette'));

/** The button and the keys from which everything is reached. One of them, in the shell. */
export const Shortcuts = () => {
  const m = useMessages(messages);
  const actions = useOfferedActions();
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const [single, setSingle] = useLocalStorage({ key: 'kaijisho.single-keys', defaultValue: true });
  const close = (): void => setOpen(null);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // A dialog has keys of its own.
    if (document.querySelector('[role=dialog]')) return;
    if (opensPalette(event)) {
      event.preventDefault();
      return setOpen('palette');
    }
    const name = nameOf(event, isTypedIn(document.activeElement));
    if (name === undefined || (!single && name.length === 1)) return;
    const run = name === '?' ? () => setOpen('help') : actions.find(({ keys }) => keys === name)?.run;
    if (!run) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);

  const withKeys = actions.flatMap(({ id, label, keys }) => (keys === undefined ? [] : [{ id, label, keys }]));
  return (
    <>
      <Tooltip label={`${m.open} Ctrl+K`} openDelay={400}>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          size="lg"
          aria-label={m.open}
          aria-haspopup="dialog"
          aria-keyshortcuts="Control+K Meta+K"
          onClick={() => setOpen('palette')}
        >
          <IconSearch size={19} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Suspense>{open === 'palette' && <Palette onClose={close} />}</Suspense>
      {open === 'help' && (
        <Dialog title={m.shortcuts} onClose={close}>
          <Keys
            caption={m.anywhere}
            rows={[
              { id: 'palette', label: m.open, keys: 'Ctrl+K' },
              { id: 'help', label: m.shortcuts, keys: '?' },
            ]}
          />
          {withKeys.length > 0 && <Keys caption={m.here} rows={withKeys} />}
          <Switch
            label={m.single}
            description={m.singleHelp}
            checked={single}
            onChange={({ currentTarget }) => setSingle(currentTarget.checked)}
          />
        </Dialog>
      )}
    </>
  );
};

const Keys = ({
  caption,
  rows,
}: {
  readonly caption: string;
  readonly rows: readonly { readonly id: string; readonly label: string; readonly keys: string }[];
}) => {
  const m = useMessages(messages);
  return (
    <table className={classes.table}>
      <caption>{caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th>{m.key}</th>
          <th>{m.what}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, label, keys }) => (
          <tr key={id}>
            <th scope="row">
              <Kbd>{shown(keys)}</Kbd>
            </th>
            <td>{label}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
