import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useActions, type Action } from '../search/actions';

/** What can be done with the subject of a page: the foremost as a button, the others in a menu, and all of it in the palette. */
export const PageActions = ({
  label,
  foremost,
  others,
  last,
}: {
  /** Of the menu. */
  readonly label: string;
  readonly foremost?: Action | undefined;
  /** In groups, set apart by lines. */
  readonly others: readonly (readonly Action[])[];
  /** Ends something. */
  readonly last: Action;
}) => {
  const groups = [...others, [last]].filter((group) => group.length > 0);
  useActions([...(foremost ? [foremost] : []), ...groups.flat()]);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} stroke={1.6} aria-hidden />}>
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {groups.map((group, at) => (
            <Fragment key={group[0]?.id}>
              {at > 0 && <Menu.Divider />}
              {group.map((action) => (
                <Menu.Item key={action.id} color={action === last ? 'seal' : undefined} onClick={action.run}>
                  {action.label}
                </Menu.Item>
              ))}
            </Fragment>
          ))}
        </Menu.Dropdown>
      </Menu>
      {foremost && <Button onClick={foremost.run}>{foremost.label}</Button>}
    </>
  );
};
