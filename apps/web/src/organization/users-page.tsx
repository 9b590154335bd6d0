import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { useActions } from '../search/actions';
import table from '../shell/table.module.css';
import { Lines, Loaded, Page } from '../shell/page';
import { StateLabel } from '../shell/state-label';
import { organizationMessages } from './messages';
import { organizationQueries, type UserView } from './organization-api';
import classes from './organization.module.css';
import { Sections } from './sections';
import { AddUserDialog, ResetPasswordDialog, RolesDialog, StandingDialog } from './user-dialogs';

type Dialog = { readonly kind: 'add' } | { readonly kind: 'roles' | 'password' | 'standing'; readonly user: UserView };

/** 利用者: who may sign in and what they may do. */
export const UsersPage = () => {
  const m = useMessages(organizationMessages);
  const users = useQuery(organizationQueries.users());
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = (): void => setDialog(null);
  useActions(users.data ? [{ id: 'add', label: m.addUser, run: () => setDialog({ kind: 'add' }) }] : []);
  return (
    <Page
      title={m.title}
      actions={users.data && <Button onClick={() => setDialog({ kind: 'add' })}>{m.addUser}</Button>}
    >
      <Sections here="users" />
      <p className={classes.about}>{m.usersAbout}</p>
      <Loaded query={users} skeleton={<Lines count={6} />}>
        {(data) => <Users users={data} onChange={setDialog} />}
      </Loaded>
      {dialog?.kind === 'add' && <AddUserDialog onClose={close} />}
      {dialog?.kind === 'roles' && <RolesDialog user={dialog.user} onClose={close} />}
      {dialog?.kind === 'password' && <ResetPasswordDialog user={dialog.user} onClose={close} />}
      {dialog?.kind === 'standing' && <StandingDialog user={dialog.user} onClose={close} />}
    </Page>
  );
};

const Users = ({
  users,
  onChange,
}: {
  readonly users: readonly UserView[];
  readonly onChange: (dialog: Dialog) => void;
}) => {
  const m = useMessages(organizationMessages);
  const t = useCommon();
  const language = useLanguage();
  const { data: session } = useQuery(queries.session());
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-label={m.users}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.person}</th>
            <th scope="col">{m.loginName}</th>
            <th scope="col">{m.address}</th>
            <th scope="col">{m.roles}</th>
            <th scope="col">{m.state}</th>
            <th scope="col">
              <span className="visually-hidden">{m.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.id} data-disabled={user.disabled}>
              <th scope="row" className={classes.userName}>
                {user.name}
              </th>
              <td data-label={m.loginName}>{user.loginName}</td>
              <td data-label={m.address}>{user.address}</td>
              <td data-label={m.roles}>
                {user.roles.length === 0
                  ? m.rolesNone
                  : listed(
                      user.roles.map((role) => t.roles[role]),
                      language,
                    )}
              </td>
              <td data-label={m.state}>
                <StateLabel>{user.disabled ? m.disabled : m.active}</StateLabel>
              </td>
              <td className={classes.actions}>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={`${m.changeRoles}: ${user.name}`}
                  onClick={() => onChange({ kind: 'roles', user })}
                >
                  {m.changeRoles}
                </Button>
                {user.id !== session?.user.id && !user.disabled && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    aria-label={`${m.resetPassword}: ${user.name}`}
                    onClick={() => onChange({ kind: 'password', user })}
                  >
                    {m.resetPassword}
                  </Button>
                )}
                {user.id !== session?.user.id && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color={user.disabled ? undefined : 'seal'}
                    aria-label={user.disabled ? m.enableTitle(user.name) : m.disableTitle(user.name)}
                    onClick={() => onChange({ kind: 'standing', user })}
                  >
                    {user.disabled ? m.enable : m.disable}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
