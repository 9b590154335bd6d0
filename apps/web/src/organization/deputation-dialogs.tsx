import { Checkbox, Group, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries';
import type { OfficerRole, Session } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { usePeople } from '../people/people';
import { CommandDialog } from '../shell/command-dialog';
import { organizationMessages } from './messages';
import { organizationApi, organizationQueries, type DeputationView } from './organization-api';

/** 代理を設定: an administrator for anybody in office, everybody else for themselves. */
export const GrantDialog = ({
  session,
  today,
  onClose,
}: {
  readonly session: Session;
  readonly today: string;
  readonly onClose: () => void;
}) => {
  const m = useMessages(organizationMessages);
  const t = useCommon();
  const people = usePeople();
  const officers = useQuery(organizationQueries.officers());
  const disclosures = useQuery(queries.disclosures());
  const administrator = session.user.roles.includes('administrator');
  const held = (officers.data?.roles ?? []).flatMap(({ role, offices }) =>
    offices.filter(({ standing }) => standing !== 'past').map((office) => ({ ...office, role })),
  );
  const principals = administrator
    ? [...new Map(held.map(({ userId, name }) => [userId, name]))].map(([id, name]) => ({ id, name }))
    : [session.user];
  const [form, setForm] = useState({
    principalId: administrator ? '' : session.user.id,
    deputyId: '',
    from: today,
    until: '',
    reason: '',
  });
  const [roles, setRoles] = useState<'all' | OfficerRole[]>('all');
  const [disclosureIds, setDisclosureIds] = useState<'all' | string[]>('all');
  const [checked, setChecked] = useState(false);
  const problems = {
    deputyId: form.deputyId !== '' && form.deputyId === form.principalId && m.notOneself,
    until: form.until !== '' && form.from !== '' && form.until < form.from && m.untilBeforeFrom,
  };
  const field = (name: keyof typeof form) => ({
    value: form[name],
    error:
      checked && form[name].trim() === '' ? m.required : name in problems && problems[name as keyof typeof problems],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  });
  const officesOf = held.filter(({ userId }) => userId === form.principalId).map(({ role }) => role);
  return (
    <CommandDialog
      title={m.grantTitle}
      about={m.grantAbout}
      now={m.grantNow}
      done={m.granted}
      onClose={onClose}
      command={() => {
        setChecked(true);
        if (Object.values(form).some((text) => text.trim() === '') || problems.deputyId || problems.until) return null;
        if (roles.length === 0 || disclosureIds.length === 0) return null;
        return organizationApi.grantDeputation({ ...form, reason: form.reason.trim(), roles, disclosureIds });
      }}
    >
      <NativeSelect
        label={m.principal}
        data-autofocus={administrator || undefined}
        disabled={!administrator}
        data={[{ value: '', label: m.chooseUser }, ...principals.map(({ id, name }) => ({ value: id, label: name }))]}
        {...field('principalId')}
      />
      <NativeSelect
        label={m.deputy}
        data-autofocus={!administrator || undefined}
        data={[
          { value: '', label: m.chooseUser },
          ...people
            .filter(({ id }) => id !== form.principalId && id !== session.user.id)
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...field('deputyId')}
      />
      <Group grow align="start" gap="md">
        <TextInput type="date" label={m.deputationFrom} {...field('from')} />
        <TextInput type="date" label={m.until} {...field('until')} />
      </Group>
      <Scope
        label={m.scopeRoles}
        allLabel={m.allRoles}
        value={roles}
        onChange={(chosen) => setRoles(chosen as 'all' | OfficerRole[])}
        choices={officesOf.map((role) => ({ value: role, label: t.offices[role] }))}
        checked={checked}
      />
      <Scope
        label={m.scopeDisclosures}
        allLabel={m.allDisclosures}
        value={disclosureIds}
        onChange={setDisclosureIds}
        choices={(disclosures.data?.disclosures ?? []).map(({ id, serviceName }) => ({
          value: id,
          label: serviceName,
        }))}
        checked={checked}
      />
      <TextInput label={m.deputyReason} description={m.deputyReasonHelp} maxLength={200} {...field('reason')} />
    </CommandDialog>
  );
};

/** Everything, or only what is ticked. With nothing to choose between, nothing is asked. */
const Scope = ({
  label,
  allLabel,
  value,
  onChange,
  choices,
  checked,
}: {
  readonly label: string;
  readonly allLabel: string;
  readonly value: 'all' | string[];
  readonly onChange: (value: 'all' | string[]) => void;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly checked: boolean;
}) => {
  const m = useMessages(organizationMessages);
  if (choices.length < 2) return null;
  return (
    <>
      <Radio.Group
        label={label}
        value={value === 'all' ? 'all' : 'some'}
        onChange={(chosen) => onChange(chosen === 'all' ? 'all' : [])}
      >
        <Group gap="lg" mt="xs">
          <Radio value="all" label={allLabel} />
          <Radio value="some" label={m.onlyThese} />
        </Group>
      </Radio.Group>
      {value !== 'all' && (
        <Checkbox.Group
          aria-label={label}
          value={value}
          onChange={onChange}
          error={checked && value.length === 0 && m.chooseScope}
        >
          <Stack gap="xs">
            {choices.map((choice) => (
              <Checkbox key={choice.value} value={choice.value} label={choice.label} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </>
  );
};

/** 代理の終了, on a last day. */
export const EndDeputationDialog = ({
  deputation: { deputationId, principal, deputy, from },
  today,
  onClose,
}: {
  readonly deputation: DeputationView;
  readonly today: string;
  readonly onClose: () => void;
}) => {
  const m = useMessages(organizationMessages);
  const [on, setOn] = useState(today < from ? from : today);
  const [atOnce, setAtOnce] = useState(false);
  return (
    <CommandDialog
      title={m.endDeputationTitle(deputy.name, principal.name)}
      about={m.endDeputationAbout}
      now={m.endDeputationNow}
      done={m.deputationEnded}
      onClose={onClose}
      command={() => (on === '' ? null : organizationApi.endDeputation(deputationId, atOnce ? dayBefore(today) : on))}
    >
      {!atOnce && (
        <TextInput
          type="date"
          label={m.endDeputationOn}
          min={today}
          error={on === '' && m.required}
          value={on}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
      )}
      <Checkbox
        label={m.endDeputationAtOnce}
        checked={atOnce}
        onChange={(event) => setAtOnce(event.currentTarget.checked)}
      />
    </CommandDialog>
  );
};

/** @param day `yyyy-mm-dd` */
const dayBefore = (day: string): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
};
