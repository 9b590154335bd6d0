import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { queries, useRefresh } from '../api/queries';
import type { DisclosureSummary } from '../api/types';
import { useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { useActions } from '../search/actions';
import { CommandDialog } from '../shell/command-dialog';
import { ButtonLink } from '../shell/link';
import { notify } from '../shell/notices';
import { Lines, Loaded, Page } from '../shell/page';
import { SettingsTabs } from '../shell/settings-tabs';
import { StateLabel } from '../shell/state-label';
import { routingMessages } from './messages';
import { RouteInWords } from './route-in-words';
import { routingApi, routingQueries, type RoutesView, type RouteTemplate, type RoutingRule } from './routing-api';
import classes from './routing.module.css';
import { RuleDialog } from './rule-dialog';
import { useStepWords } from './step-words';

type Dialog =
  | { readonly kind: 'rule'; readonly rule: RoutingRule | null }
  | { readonly kind: 'remove'; readonly rule: RoutingRule }
  | { readonly kind: 'retire'; readonly template: RouteTemplate };

/** 回付経路: templates, the rules that add steps, and which disclosure goes by which template. */
export const RoutesPage = () => {
  const m = useMessages(routingMessages);
  const navigate = useNavigate();
  const { data: session } = useQuery(queries.session());
  const routes = useQuery(routingQueries.routes());
  const disclosures = useQuery(queries.disclosures());
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const mayChange = session?.user.roles.includes('administrator') ?? false;
  const close = (): void => setDialog(null);
  useActions(
    mayChange && routes.data
      ? [
          {
            ...{ id: 'addTemplate', label: m.addTemplate },
            run: () => void navigate({ to: '/settings/routes/templates/$templateId', params: { templateId: 'new' } }),
          },
          { id: 'addRule', label: m.addRule, run: () => setDialog({ kind: 'rule', rule: null }) },
        ]
      : [],
  );
  return (
    <Page title={m.title}>
      <SettingsTabs here="/settings/routes" />
      <p className={classes.about}>
        {m.about}
        {!mayChange && ` ${m.readOnly}`}
      </p>
      <Loaded query={routes} skeleton={<Lines count={10} />}>
        {(view) => (
          <div className={classes.sections}>
            <Choices view={view} disclosures={disclosures.data?.disclosures ?? []} mayChange={mayChange} />
            <Templates
              view={view}
              disclosures={disclosures.data?.disclosures ?? []}
              mayChange={mayChange}
              onRetire={(template) => setDialog({ kind: 'retire', template })}
            />
            <Rules view={view} mayChange={mayChange} onChange={setDialog} />
          </div>
        )}
      </Loaded>
      {dialog?.kind === 'rule' && (
        <RuleDialog
          rule={dialog.rule}
          isNew={!routes.data?.rules.some(({ ruleId }) => ruleId === dialog.rule?.ruleId)}
          onClose={close}
        />
      )}
      {dialog?.kind === 'remove' && (
        <CommandDialog
          title={m.removeRuleTitle(dialog.rule.name)}
          about={m.removeRuleAbout}
          now={m.removeRuleNow}
          done={m.removedRule}
          dangerous
          onClose={close}
          command={() => routingApi.removeRule(dialog.rule.ruleId)}
        />
      )}
      {dialog?.kind === 'retire' && (
        <CommandDialog
          title={m.retireTitle(dialog.template.name)}
          about={m.retireAbout}
          now={m.retireNow}
          done={m.retireDone}
          dangerous
          onClose={close}
          command={() => routingApi.retireTemplate(dialog.template.templateId)}
        />
      )}
    </Page>
  );
};

const Choices = ({
  view,
  disclosures,
  mayChange,
}: {
  readonly view: RoutesView;
  readonly disclosures: readonly DisclosureSummary[];
  readonly mayChange: boolean;
}) => {
  const m = useMessages(routingMessages);
  const refresh = useRefresh();
  const [choosing, setChoosing] = useState<string | null>(null);
  const inUse = view.templates.filter(({ retired }) => !retired);
  const choose = async ({ id, serviceName }: DisclosureSummary, templateId: string): Promise<void> => {
    setChoosing(id);
    try {
      await routingApi.choose(id, templateId);
      await refresh();
      notify.done(m.chosen(serviceName, inUse.find((template) => template.templateId === templateId)?.name ?? ''));
    } catch (error) {
      notify.problem(error);
    } finally {
      setChoosing(null);
    }
  };
  return (
    <section aria-labelledby="route-choices">
      <h2 id="route-choices">{m.choices}</h2>
      {disclosures.length === 0 ? (
        <p className={classes.quiet}>{m.noDisclosures}</p>
      ) : (
        <ul className={`sheet ${classes.choices}`}>
          {disclosures.map((disclosure) => (
            <li key={disclosure.id}>
              <span>{disclosure.serviceName}</span>
              <NativeSelect
                aria-label={m.choiceOf(disclosure.serviceName)}
                disabled={!mayChange || choosing === disclosure.id}
                data={inUse.map(({ templateId, name }) => ({ value: templateId, label: name }))}
                value={view.choices[disclosure.id] ?? view.standardTemplateId}
                onChange={(event) => void choose(disclosure, event.currentTarget.value)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const Templates = ({
  view,
  disclosures,
  mayChange,
  onRetire,
}: {
  readonly view: RoutesView;
  readonly disclosures: readonly DisclosureSummary[];
  readonly mayChange: boolean;
  readonly onRetire: (template: RouteTemplate) => void;
}) => {
  const m = useMessages(routingMessages);
  const language = useLanguage();
  return (
    <section aria-labelledby="route-templates">
      <header className={classes.head}>
        <h2 id="route-templates">{m.templates}</h2>
        {mayChange && (
          <ButtonLink
            to="/settings/routes/templates/$templateId"
            params={{ templateId: 'new' }}
            variant="default"
            size="sm"
          >
            {m.addTemplate}
          </ButtonLink>
        )}
      </header>
      <p className={classes.about}>{m.templatesAbout}</p>
      <ul className={classes.cards}>
        {view.templates.map((template) => {
          const users = disclosures.filter(
            ({ id }) => (view.choices[id] ?? view.standardTemplateId) === template.templateId,
          );
          return (
            <li key={template.templateId} className="sheet">
              <header className={classes.cardHead}>
                <h3>
                  {template.name}
                  {template.version > 1 && <span className={classes.quiet}>{m.revised(template.version - 1)}</span>}
                </h3>
                {template.retired ? (
                  <StateLabel>{m.retired}</StateLabel>
                ) : (
                  mayChange && (
                    <div className={classes.buttons}>
                      <ButtonLink
                        to="/settings/routes/templates/$templateId"
                        params={{ templateId: template.templateId }}
                        size="compact-sm"
                        variant="subtle"
                        aria-label={m.editOf(template.name)}
                      >
                        {m.edit}
                      </ButtonLink>
                      {template.templateId !== view.standardTemplateId && users.length === 0 && (
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          color="seal"
                          aria-label={m.retireOf(template.name)}
                          onClick={() => onRetire(template)}
                        >
                          {m.retire}
                        </Button>
                      )}
                    </div>
                  )
                )}
              </header>
              <RouteInWords steps={template.steps} />
              <p className={classes.quiet}>
                {template.carryOver === 'untouchedItems' ? m.previewCarryOver : m.previewNoCarryOver}
                {template.oneSignsTwoSteps && ` ${m.previewTwoSteps}`}
              </p>
              {!template.retired && (
                <p className={classes.quiet}>
                  {users.length === 0
                    ? m.usedByNone
                    : m.usedBy(
                        listed(
                          users.map(({ serviceName }) => serviceName),
                          language,
                        ),
                      )}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};

const Rules = ({
  view,
  mayChange,
  onChange,
}: {
  readonly view: RoutesView;
  readonly mayChange: boolean;
  readonly onChange: (dialog: Dialog) => void;
}) => {
  const m = useMessages(routingMessages);
  const offered = view.readyMadeRules.filter(({ ruleId }) => !view.rules.some((rule) => rule.ruleId === ruleId));
  return (
    <section aria-labelledby="route-rules">
      <header className={classes.head}>
        <h2 id="route-rules">{m.rules}</h2>
        {mayChange && (
          <Button variant="default" size="sm" onClick={() => onChange({ kind: 'rule', rule: null })}>
            {m.addRule}
          </Button>
        )}
      </header>
      <p className={classes.about}>{m.rulesAbout}</p>
      {view.rules.length === 0 ? (
        <p className={classes.quiet}>{m.rulesNone}</p>
      ) : (
        <ul className={classes.cards}>
          {view.rules.map((rule) => (
            <li key={rule.ruleId} className="sheet">
              <header className={classes.cardHead}>
                <h3>
                  {rule.name}{' '}
                  <StateLabel tone={rule.active ? 'ink' : 'plain'}>{rule.active ? m.active : m.inactive}</StateLabel>
                </h3>
                {mayChange && (
                  <div className={classes.buttons}>
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      aria-label={m.editOf(rule.name)}
                      onClick={() => onChange({ kind: 'rule', rule })}
                    >
                      {m.edit}
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="seal"
                      aria-label={m.removeOf(rule.name)}
                      onClick={() => onChange({ kind: 'remove', rule })}
                    >
                      {m.removeRule}
                    </Button>
                  </div>
                )}
              </header>
              <RuleInWords rule={rule} />
            </li>
          ))}
        </ul>
      )}
      {mayChange && offered.length > 0 && (
        <div className={classes.readyMade}>
          <h3>{m.readyMade}</h3>
          <p className={classes.about}>{m.readyMadeAbout}</p>
          <ul className={classes.cards}>
            {offered.map((rule) => (
              <li key={rule.ruleId} className={classes.offered}>
                <header className={classes.cardHead}>
                  <h4>{rule.name}</h4>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${m.useReadyMade}: ${rule.name}`}
                    onClick={() => onChange({ kind: 'rule', rule: { ...rule, active: true } })}
                  >
                    {m.useReadyMade}
                  </Button>
                </header>
                <RuleInWords rule={rule} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
};

const RuleInWords = ({ rule }: { readonly rule: RoutingRule }) => {
  const m = useMessages(routingMessages);
  const language = useLanguage();
  const { sentencesOf, inOneLine } = useStepWords();
  return (
    <>
      <p className={classes.line}>{inOneLine(sentencesOf({ ...rule.step, covers: 'everything' }))}</p>
      <p className={classes.quiet}>
        {m.itemsOf(listed(rule.itemKeys, language))}
        <br />
        {m.placeOf(m.places[rule.place])}
      </p>
    </>
  );
};
