import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useRefresh } from '../api/queries';
import { useCommon, useMessages } from '../messages/language';
import { ResponsibleField, responsibleOf } from '../reminding/responsible-field';
import { ButtonLink, TextLink } from '../shell/link';
import { notify } from '../shell/notices';
import { Page } from '../shell/page';
import { ProblemText } from '../shell/problem-text';
import { certificatesApi, type Citation } from './certificates-api';
import { CitationsField } from './citations-field';
import classes from './certificates.module.css';
import { useKinds } from './kinds';
import { certificatesMessages } from './messages';
import { emptyTerm, filledIn, TermFields, termMissing, type TermValues } from './term-fields';

export const RegisterPage = () => {
  const m = useMessages(certificatesMessages);
  const t = useCommon();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const { kinds, kindName } = useKinds();
  const offered = kinds.filter(({ removed }) => !removed);
  const [kind, setKind] = useState('isms');
  /** null: as the kind is called. */
  const [typedName, setName] = useState<string | null>(null);
  const name = typedName ?? (kind === 'other' || kinds.length === 0 ? '' : kindName(kind));
  const [term, setTerm] = useState(emptyTerm);
  const [responsible, setResponsible] = useState<string | null>(null);
  const [cited, setCited] = useState<Citation[]>([]);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const register = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === '' || termMissing(term, 'all')) return;
    setBusy(true);
    setError(undefined);
    try {
      const { certificateId } = await certificatesApi.register({
        kind,
        name: name.trim(),
        ...(filledIn(term) as Required<Pick<TermValues, 'number' | 'body' | 'validFrom' | 'validUntil'>>),
        ...(responsibleOf(responsible) && { responsible: responsibleOf(responsible)! }),
        citedBy: cited,
      });
      await refresh();
      notify.done(m.registered);
      await navigate({ to: '/certificates/$certificateId', params: { certificateId } });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Page
      title={m.registerTitle}
      width="text"
      above={
        <TextLink to="/certificates" size="sm">
          {m.title}
        </TextLink>
      }
    >
      <form className="sheet" onSubmit={(event) => void register(event)} noValidate>
        <Stack gap="lg">
          <div className={classes.pairs}>
            <NativeSelect
              label={m.kind}
              data={offered.map(({ kind: value, name: label }) => ({ value, label }))}
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value)}
            />
            <TextInput
              label={m.name}
              description={m.nameHelp}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={200}
              error={checked && name.trim() === '' && m.required}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </div>
          <TermFields value={term} onChange={setTerm} required="all" checked={checked} />
          <ResponsibleField description={m.responsibleHelp} value={responsible} onChange={setResponsible} />
          <CitationsField label={m.cited} description={m.citedHelp} value={cited} onChange={setCited} />
          {error !== undefined && <ProblemText error={error} />}
          <Group gap="sm">
            <Button type="submit" loading={busy}>
              {m.registerNow}
            </Button>
            <ButtonLink to="/certificates" variant="default">
              {t.cancel}
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </Page>
  );
};
