import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfficerRole } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { organizationMessages } from './messages';
import { organizationApi, organizationQueries, type OfficeView } from './organization-api';

/** 任命: from a day on, with the department and title that signatures will show. */
export const AppointDialog = ({
  role,
  today,
  onClose,
}: {
  readonly role: OfficerRole;
  readonly today: string;
  readonly onClose: () => void;
}) => {
  const m = useMessages(organizationMessages);
  const t = useCommon();
  const users = useQuery(organizationQueries.users());
  const [form, setForm] = useState({ userId: '', department: '', title: '', from: today, alongside: false });
  const [checked, setChecked] = useState(false);
  const missing = (text: string): string | false => checked && text.trim() === '' && m.required;
  const field = (name: 'userId' | 'department' | 'title' | 'from') => ({
    value: form[name],
    error: missing(form[name]),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  });
  return (
    <CommandDialog
      title={m.appointTitle(t.offices[role])}
      about={m.appointAbout}
      now={m.appointNow}
      done={m.appointed}
      onClose={onClose}
      command={() => {
        setChecked(true);
        const { userId, department, title, from, alongside } = form;
        if ([userId, department, title, from].some((text) => text.trim() === '')) return null;
        return organizationApi.appoint({
          role,
          userId,
          department: department.trim(),
          title: title.trim(),
          from,
          ...(alongside ? { alongside } : {}),
        });
      }}
    >
      <NativeSelect
        label={m.person}
        data-autofocus
        data={[
          { value: '', label: m.chooseUser },
          ...(users.data ?? []).filter(({ disabled }) => !disabled).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...field('userId')}
      />
      <TextInput label={m.department} maxLength={200} {...field('department')} />
      <TextInput label={m.jobTitle} maxLength={200} {...field('title')} />
      <TextInput type="date" label={m.from} {...field('from')} />
      <Checkbox
        label={m.alongside}
        checked={form.alongside}
        onChange={(event) => setForm({ ...form, alongside: event.currentTarget.checked })}
      />
    </CommandDialog>
  );
};

/** 退任, on a last day. */
export const EndDialog = ({
  office,
  today,
  onClose,
}: {
  readonly office: OfficeView;
  readonly today: string;
  readonly onClose: () => void;
}) => {
  const m = useMessages(organizationMessages);
  const [on, setOn] = useState(today < office.from ? office.from : today);
  return (
    <CommandDialog
      title={m.endTitle(office.name)}
      about={m.endAbout}
      now={m.endNow}
      done={m.ended}
      onClose={onClose}
      command={() => (on === '' ? null : organizationApi.end({ role: office.role, userId: office.userId, on }))}
    >
      <TextInput
        type="date"
        label={m.endOn}
        error={on === '' && m.required}
        value={on}
        onChange={(event) => setOn(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};
