import { Button, ColorInput, Group, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../api/api';
import { queries, useRefresh } from '../api/queries';
import { useMessages } from '../messages/language';
import { notify } from '../shell/notices';
import { Lines, Loaded, Page } from '../shell/page';
import { ProblemText } from '../shell/problem-text';
import { organizationMessages } from './messages';
import { organizationApi, organizationQueries, type AppearanceView } from './organization-api';
import classes from './organization.module.css';
import { Sections } from './sections';

/** 開示書の外観: the company's logo, colour and colophon in what is published from now on. */
export const AppearancePage = () => {
  const m = useMessages(organizationMessages);
  const appearance = useQuery(organizationQueries.appearance());
  return (
    <Page title={m.title}>
      <Sections here="appearance" />
      <p className={classes.about}>{m.appearanceAbout}</p>
      <Loaded query={appearance} skeleton={<Lines count={6} />}>
        {(view) => <AppearanceForm appearance={view} />}
      </Loaded>
    </Page>
  );
};

const AppearanceForm = ({ appearance }: { readonly appearance: AppearanceView }) => {
  const m = useMessages(organizationMessages);
  const refresh = useRefresh();
  const { data: session } = useQuery(queries.session());
  const mayChange = session?.user.roles.includes('administrator') ?? false;
  const input = useRef<HTMLInputElement>(null);
  const [logo, setLogo] = useState(appearance.logo?.sha256 ?? null);
  const [accent, setAccent] = useState(appearance.accent ?? '');
  const [colophon, setColophon] = useState(appearance.colophon);
  const upload = useMutation({
    mutationFn: (file: File) => api.placeFigure(file),
    onSuccess: ({ sha256 }) => setLogo(sha256),
  });
  const isColor = accent === '' || /^#[0-9a-f]{6}$/i.test(accent);
  const save = useMutation({
    mutationFn: () => organizationApi.changeAppearance({ logo, accent: accent === '' ? null : accent, colophon }),
    onSuccess: async () => {
      await refresh();
      notify.done(m.appearanceSaved);
    },
  });
  return (
    <form
      className={`sheet ${classes.appearance}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (isColor) save.mutate();
      }}
    >
      <section aria-labelledby="logo">
        <h2 id="logo">{m.logo}</h2>
        <p className={classes.help}>{m.logoHelp}</p>
        <div className={classes.logo}>
          {logo === null ? (
            <span>{m.logoNone}</span>
          ) : (
            <img src={`/api/figures/${encodeURIComponent(logo)}`} alt={m.logoNow} />
          )}
        </div>
        {mayChange && (
          <Group gap="xs">
            <Button variant="default" loading={upload.isPending} onClick={() => input.current?.click()}>
              {m.logoChoose}
            </Button>
            {logo !== null && (
              <Button variant="subtle" onClick={() => setLogo(null)}>
                {m.logoRemove}
              </Button>
            )}
            <input
              ref={input}
              type="file"
              accept="image/png,image/jpeg,image/svg+xml"
              className="visually-hidden"
              tabIndex={-1}
              aria-label={m.logo}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                event.currentTarget.value = '';
                if (file) upload.mutate(file);
              }}
            />
          </Group>
        )}
        {upload.isError && <ProblemText error={upload.error} />}
      </section>
      <ColorInput
        label={m.accent}
        description={m.accentHelp}
        placeholder="#1f3a5f"
        format="hex"
        swatches={['#1f3a5f', '#0b5c4b', '#7a1f2b', '#4a2f7a', '#6b4a00', '#333333']}
        swatchesPerRow={6}
        eyeDropperButtonProps={{ 'aria-label': m.accentPick }}
        value={accent}
        onChange={setAccent}
        error={!isColor && m.accentMalformed}
        readOnly={!mayChange}
        styles={{ wrapper: { maxWidth: '20rem' } }}
      />
      <Textarea
        label={m.colophon}
        description={m.colophonHelp}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={600}
        value={colophon}
        onChange={(event) => setColophon(event.currentTarget.value)}
        readOnly={!mayChange}
      />
      {save.isError && <ProblemText error={save.error} />}
      {mayChange && (
        <div>
          <Button type="submit" loading={save.isPending}>
            {m.appearanceSave}
          </Button>
        </div>
      )}
    </form>
  );
};
