import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { UserRole } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { PasswordField } from '../shell/password-field';
import { organizationMessages } from './messages';
import { organizationApi, type UserView } from './organization-api';

const roles: readonly UserRole[] = ['drafter', 'signatory', 'auditor', 'administrator'];

const RoleChoice = ({
  value,
  onChange,
}: {
  readonly value: readonly UserRole[];
  readonly onChange: (roles: UserRole[]) => void;
}) => {
  const m = useMessages(organizationMessages);
  const t = useCommon();
  return (
    <Checkbox.Group label={m.roles} value={[...value]} onChange={(chosen) => onChange(chosen as UserRole[])}>
      <Stack gap="xs" mt="xs">
        {roles.map((role) => (
          <Checkbox key={role} value={role} label={t.roles[role]} description={m.roleAbout[role]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
};

type DialogProps = { readonly onClose: () => void };

export const AddUserDialog = ({ onClose }: DialogProps) => {
  const m = useMessages(organizationMessages);
  const [form, setForm] = useState({ name: '', loginName: '', address: '', password: '' });
  const [chosen, setChosen] = useState<UserRole[]>([]);
  const [checked, setChecked] = useState(false);
  const field = (name: keyof typeof form) => ({
    value: form[name],
    error: checked && form[name].trim() === '' && m.required,
    autoComplete: name === 'password' ? 'new-password' : 'off',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  });
  return (
    <CommandDialog
      title={m.addUser}
      about={m.addAbout}
      now={m.addNow}
      done={m.added}
      onClose={onClose}
      command={() => {
        setChecked(true);
        if (Object.values(form).some((text) => text.trim() === '')) return null;
        return organizationApi.addUser({ ...form, roles: chosen });
      }}
    >
      <TextInput label={m.person} data-autofocus maxLength={100} {...field('name')} />
      <TextInput label={m.loginName} description={m.loginNameHelp} maxLength={40} {...field('loginName')} />
      <TextInput label={m.address} maxLength={254} {...field('address')} />
      <PasswordField label={m.password} description={m.passwordHelp} {...field('password')} />
      <RoleChoice value={chosen} onChange={setChosen} />
    </CommandDialog>
  );
};

export const RolesDialog = ({ user, onClose }: DialogProps & { readonly user: UserView }) => {
  const m = useMessages(organizationMessages);
  const [chosen, setChosen] = useState<UserRole[]>([...user.roles]);
  return (
    <CommandDialog
      title={m.changeRolesTitle(user.name)}
      about={m.changeRolesAbout}
      now={m.changeRolesNow}
      done={m.rolesChanged}
      onClose={onClose}
      command={() => organizationApi.changeRoles(user.id, chosen)}
    >
      <RoleChoice value={chosen} onChange={setChosen} />
    </CommandDialog>
  );
};

/** パスワードの再設定: the owner chooses the next one, by a link that is mailed to them. */
export const ResetPasswordDialog = ({ user, onClose }: DialogProps & { readonly user: UserView }) => {
  const m = useMessages(organizationMessages);
  return (
    <CommandDialog
      title={m.resetPasswordTitle(user.name)}
      about={m.resetPasswordAbout(user.address)}
      now={m.resetPasswordNow}
      done={m.passwordReset(user.name)}
      dangerous
      onClose={onClose}
      command={() => organizationApi.resetPassword(user.id)}
    />
  );
};

/** 停止 and 再開 */
export const StandingDialog = ({ user, onClose }: DialogProps & { readonly user: UserView }) => {
  const m = useMessages(organizationMessages);
  return user.disabled ? (
    <CommandDialog
      title={m.enableTitle(user.name)}
      about={m.enableAbout}
      now={m.enableNow}
      done={m.enabledDone}
      onClose={onClose}
      command={() => organizationApi.enable(user.id)}
    />
  ) : (
    <CommandDialog
      title={m.disableTitle(user.name)}
      about={m.disableAbout}
      now={m.disableNow}
      done={m.disabledDone}
      dangerous
      onClose={onClose}
      command={() => organizationApi.disable(user.id)}
    />
  );
};
