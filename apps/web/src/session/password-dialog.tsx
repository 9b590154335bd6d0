import { useState } from 'react';
import { api } from '../api/api';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { PasswordField } from '../shell/password-field';
import { messages } from './messages';

/** Changes one's own password; the sessions on other devices end. */
const PasswordDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useMessages(messages);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={t.changePassword}
      about={t.changePasswordAbout}
      now={t.changePasswordNow}
      done={t.passwordChanged}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return current === '' || next === '' ? null : api.changePassword(current, next);
      }}
    >
      <PasswordField
        label={t.currentPassword}
        autoComplete="current-password"
        data-autofocus
        value={current}
        error={checked && current === '' && t.missing}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordField
        label={t.newPassword}
        description={t.newPasswordHelp}
        autoComplete="new-password"
        value={next}
        error={checked && next === '' && t.missing}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};

export default PasswordDialog;
