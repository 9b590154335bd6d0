import { ActionIcon, Burger, Button, Menu, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconCircleHalf2,
  IconDeviceDesktop,
  IconKey,
  IconLogout,
  IconMail,
  IconMoon,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { useQueryClient, useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { api } from '../api/api';
import { isProblem } from '../api/client';
import { queries } from '../api/queries';
import { mayKeepRegister } from '../certificates/may-keep-register';
import { chooseLanguage, useCommon, useLanguage } from '../messages/language';
import { Shortcuts } from '../search/shortcuts';
import { ReturnToSession } from '../session/return-to-session';
import { Notices, notify } from './notices';
import classes from './shell.module.css';

const PasswordDialog = lazy(() => import('../session/password-dialog'));
const MailDialog = lazy(() => import('../session/mail-dialog'));

/** Everything around the screens of somebody who is signed in. */
export const Shell = () => {
  const t = useCommon();
  return (
    <>
      <a className="skip-link" href="#content">
        {t.skipToContent}
      </a>
      <Header />
      <main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <Notices />
      <ReturnToSession />
    </>
  );
};

const destinations = [
  ['/', 'home'],
  ['/reviews', 'reviews'],
  ['/import', 'import'],
  ['/certificates', 'certificates'],
  ['/organization', 'organization'],
  ['/activity', 'activity'],
] as const;
const ofVendor = [['/readers', 'readers']] as const;
const ofAdministrators = [['/settings/routes', 'settings']] as const;

const Header = () => {
  const t = useCommon();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { data: session } = useQuery(queries.session());
  const places = [
    ...destinations,
    ...(mayKeepRegister(session) ? ofVendor : []),
    ...(session?.user.roles.includes('administrator') ? ofAdministrators : []),
  ];
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(close, [path, close]);
  const here = (to: string): boolean =>
    to === '/'
      ? path === '/' || (path.startsWith('/disclosures') && !isReview(path))
      : to === '/certificates'
        ? ofRegisters.some((each) => path.startsWith(each))
        : to.startsWith('/settings')
          ? path.startsWith('/settings')
          : path.startsWith(to) || (to === '/reviews' && isReview(path));
  return (
    <header className={classes.header}>
      <Burger
        className={classes.burger!}
        opened={opened}
        onClick={toggle}
        size="sm"
        aria-label={opened ? t.nav.close : t.nav.open}
        aria-expanded={opened}
        aria-controls="main-menu"
      />
      <Link to="/" className={classes.brand}>
        <span className={classes.mark} aria-hidden>
          開
        </span>
        {t.product}
      </Link>
      <nav id="main-menu" className={classes.nav} data-opened={opened} aria-label={t.nav.label}>
        {places.map(([to, name]) => (
          <Link key={to} to={to} className={classes.link} aria-current={here(to) ? 'page' : undefined}>
            {t.nav[name]}
            {name === 'reviews' && <WaitingForMe />}
          </Link>
        ))}
      </nav>
      <div className={classes.right}>
        <Shortcuts />
        <LanguageSwitch />
        <SchemeSwitch />
        <Account />
      </div>
    </header>
  );
};

const ofRegisters = ['/certificates', '/audits', '/deadlines', '/reminders'];

const isReview = (path: string): boolean => /^\/disclosures\/[^/]+\/review$/.test(path);

/** How many revisions wait for the signature of who is signed in. */
const WaitingForMe = () => {
  const t = useCommon();
  const { data } = useQuery(queries.tasks());
  const count = data?.tasks.filter(({ kind }) => kind === 'sign').length ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes.count} role="img" aria-label={t.nav.reviewsWaiting(count)}>
      {count}
    </span>
  );
};

export const LanguageSwitch = () => {
  const t = useCommon();
  const chosen = useLanguage();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      c="inherit"
      lang={chosen === 'ja' ? 'en' : 'ja'}
      aria-label={t.languageSwitchLabel}
      onClick={() => chooseLanguage(chosen === 'ja' ? 'en' : 'ja')}
    >
      {t.languageSwitch}
    </Button>
  );
};

export const SchemeSwitch = () => {
  const t = useCommon();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices = [
    ['auto', IconDeviceDesktop],
    ['light', IconSun],
    ['dark', IconMoon],
  ] as const;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="inherit" size="lg" aria-label={t.scheme.label}>
          <IconCircleHalf2 size={19} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.scheme.label}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}>
          {choices.map(([scheme, Icon]) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick rightSection={<Icon size={16} stroke={1.6} />}>
              {t.scheme[scheme]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
};

const Account = () => {
  const t = useCommon();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: session } = useQuery(queries.session());
  const [changing, setChanging] = useState<'password' | 'mails' | null>(null);
  const close = (): void => setChanging(null);
  if (!session) return null;
  const signOut = async (): Promise<void> => {
    try {
      await api.signOut();
    } catch (error) {
      // A session that has ended by itself needs no end.
      if (!isProblem(error, 'NotSignedIn')) return notify.problem(error);
    }
    await navigate({ to: '/login' });
    client.clear();
  };
  const standing = [
    ...session.user.roles.map((role) => t.roles[role]),
    ...session.offices.map((office) => t.offices[office]),
  ];
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          size="compact-md"
          px="xs"
          aria-label={`${t.account}: ${session.user.name}`}
          leftSection={<IconUser size={18} stroke={1.6} />}
          classNames={{ label: classes.accountName!, section: classes.accountIcon! }}
        >
          {session.user.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.user.name}
          <br />
          {standing.join('・')}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKey size={16} stroke={1.6} />} onClick={() => setChanging('password')}>
          {t.changePassword}
        </Menu.Item>
        <Menu.Item leftSection={<IconMail size={16} stroke={1.6} />} onClick={() => setChanging('mails')}>
          {t.mailPreference}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void signOut()}>
          {t.signOut}
        </Menu.Item>
      </Menu.Dropdown>
      <Suspense>
        {changing === 'password' && <PasswordDialog onClose={close} />}
        {changing === 'mails' && <MailDialog onClose={close} />}
      </Suspense>
    </Menu>
  );
};
