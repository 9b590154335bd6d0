import { ActionIcon, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState, type FormEvent } from 'react';
import { useRefresh } from '../api/queries';
import { useCommon, useMessages } from '../messages/language';
import { usePeople } from '../people/people';
import { ButtonLink, TextLink } from '../shell/link';
import { notify } from '../shell/notices';
import { Lines, Loaded, Page } from '../shell/page';
import { ProblemText } from '../shell/problem-text';
import { routingMessages } from './messages';
import { RouteInWords } from './route-in-words';
import { routingApi, routingQueries, type RouteTemplate } from './routing-api';
import classes from './routing.module.css';
import { checkedRows, draftOf, emptyStep, rowOf, stepOf, type Row } from './step-draft';
import { StepFields } from './step-fields';

/** One template in the making; beside it, in words, what it does. */
export const TemplatePage = () => {
  const { templateId } = useParams({ strict: false });
  const m = useMessages(routingMessages);
  const routes = useQuery(routingQueries.routes());
  const isNew = templateId === 'new';
  return (
    <Page
      title={isNew ? m.newTemplate : m.editTemplate}
      above={
        <TextLink to="/settings/routes" size="sm">
          {m.title}
        </TextLink>
      }
    >
      <Loaded query={routes} skeleton={<Lines count={10} />}>
        {({ templates }) => {
          const template = templates.find((other) => other.templateId === templateId);
          return template || isNew ? (
            <TemplateForm key={template?.version ?? 0} template={template ?? null} />
          ) : (
            <p>{m.noTemplate}</p>
          );
        }}
      </Loaded>
    </Page>
  );
};

const TemplateForm = ({ template }: { readonly template: RouteTemplate | null }) => {
  const m = useMessages(routingMessages);
  const t = useCommon();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const people = usePeople();
  const [templateId] = useState(() => template?.templateId ?? crypto.randomUUID());
  const [name, setName] = useState(template?.name ?? '');
  const [rows, setRows] = useState<readonly Row[]>(() =>
    (template?.steps.map(draftOf) ?? [emptyStep, { ...emptyStep, meaning: 'approval' as const }]).map((draft, key) =>
      rowOf(key, draft),
    ),
  );
  const lastKey = useRef(rows.length);
  const [carryOver, setCarryOver] = useState(template === null || template.carryOver === 'untouchedItems');
  const [oneSignsTwoSteps, setOneSignsTwoSteps] = useState(template?.oneSignsTwoSteps ?? false);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const steps = rows.map(({ draft }) => stepOf(draft, people));
  const noApproval = !rows.some(({ draft }) => draft.meaning === 'approval');

  const move = (at: number, by: -1 | 1): void => {
    const moved = [...rows];
    [moved[at], moved[at + by]] = [moved[at + by]!, moved[at]!];
    setRows(moved);
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    setRows(checkedRows(rows));
    const complete = steps.filter((step) => step !== null);
    if (name.trim() === '' || complete.length < steps.length || noApproval) return;
    setBusy(true);
    setError(undefined);
    try {
      await routingApi.saveTemplate(templateId, {
        name: name.trim(),
        steps: complete,
        carryOver: carryOver ? 'untouchedItems' : 'none',
        oneSignsTwoSteps,
        basedOn: template?.version ?? 0,
      });
      await refresh();
      notify.done(template === null ? m.addedTemplate : m.savedTemplate);
      await navigate({ to: '/settings/routes' });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void save(event)} noValidate className={classes.editor}>
      <Stack gap="lg">
        <div className="sheet">
          <TextInput
            label={m.name}
            description={m.nameHelp}
            maxLength={100}
            error={checked && name.trim() === '' && m.problems.nameMissing}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        {rows.map(({ key, draft, checked: stepChecked }, at) => (
          <fieldset key={key} className={`sheet ${classes.step}`} aria-labelledby={`step-${key}`}>
            <div className={classes.stepHead}>
              <h2 id={`step-${key}`}>{m.step(at + 1)}</h2>
              <div className={classes.buttons}>
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={m.moveUp(at + 1)}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={m.moveDown(at + 1)}
                  disabled={at === rows.length - 1}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={m.removeStep(at + 1)}
                  disabled={rows.length === 1}
                  onClick={() => setRows(rows.filter((row) => row.key !== key))}
                >
                  <IconX size={16} />
                </ActionIcon>
              </div>
            </div>
            <StepFields
              value={draft}
              onChange={(changed) => setRows(rows.map((row) => (row.key === key ? { ...row, draft: changed } : row)))}
              people={people}
              checked={stepChecked}
            />
          </fieldset>
        ))}
        <div>
          <Button variant="default" onClick={() => setRows([...rows, rowOf(lastKey.current++, emptyStep)])}>
            {m.addStep}
          </Button>
        </div>
        <div className="sheet">
          <Stack gap="md">
            <Checkbox
              label={m.carryOver}
              description={m.carryOverHelp}
              checked={carryOver}
              onChange={(event) => setCarryOver(event.currentTarget.checked)}
            />
            <Checkbox
              label={m.oneSignsTwoSteps}
              description={m.oneSignsTwoStepsHelp}
              checked={oneSignsTwoSteps}
              onChange={(event) => setOneSignsTwoSteps(event.currentTarget.checked)}
            />
          </Stack>
        </div>
      </Stack>
      <div className={classes.beside}>
        <section className="sheet" aria-labelledby="preview">
          <h2 id="preview">{m.preview}</h2>
          <RouteInWords steps={steps} />
          <p className={classes.quiet}>
            {carryOver ? m.previewCarryOver : m.previewNoCarryOver}
            {oneSignsTwoSteps && ` ${m.previewTwoSteps}`}
          </p>
        </section>
        {checked && noApproval && (
          <p className={classes.problem} role="alert">
            {m.problems.noApproval}
          </p>
        )}
        {error !== undefined && <ProblemText error={error} />}
        <Group gap="sm">
          <Button type="submit" loading={busy}>
            {m.saveTemplate}
          </Button>
          <ButtonLink to="/settings/routes" variant="default">
            {t.cancel}
          </ButtonLink>
        </Group>
      </div>
    </form>
  );
};
