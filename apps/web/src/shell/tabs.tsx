import { Link, type LinkProps } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './tabs.module.css';

/** The screens of one subject beside each other, as links. On a phone they scroll, with the present one in sight. */
export const Tabs = ({
  label,
  places,
  here,
}: {
  readonly label: string;
  readonly places: readonly { readonly to: LinkProps['to']; readonly name: string }[];
  readonly here: LinkProps['to'];
}) => {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (current) nav.current!.scrollLeft = current.offsetLeft - nav.current!.offsetLeft - 16;
  }, [here]);
  return (
    <nav className={classes.tabs} aria-label={label} ref={nav}>
      {places.map(({ to, name }) => (
        <Link key={to} to={to!} aria-current={to === here ? 'page' : undefined} activeOptions={{ exact: true }}>
          {name}
        </Link>
      ))}
    </nav>
  );
};
