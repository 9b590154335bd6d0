import type { ReactNode } from 'react';
import { useCommon } from '../messages/language';
import { LanguageSwitch, SchemeSwitch } from '../shell/shell';
import classes from './cover.module.css';

/** The sheet with the product's name that everything stands on for which one is not signed in. */
export const Cover = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const common = useCommon();
  return (
    <main className={classes.desk}>
      <title>{`${title} — ${common.product}`}</title>
      <div className={classes.cover}>
        <p className={classes.line}>{common.productLine}</p>
        <h1 className={classes.brand}>{common.product}</h1>
        <hr className={classes.rule} />
        {children}
      </div>
      <div className={classes.switches}>
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
    </main>
  );
};
