import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../api/queries';
import { useMessages } from '../messages/language';
import { organizationMessages } from './messages';
import classes from './organization.module.css';

/** 責任者 | 代理 | 利用者 | 開示書の外観; the last two are the administrators'. */
export const Sections = ({ here }: { readonly here: 'officers' | 'deputations' | 'users' | 'appearance' }) => {
  const m = useMessages(organizationMessages);
  const { data: session } = useQuery(queries.session());
  return (
    <nav className={classes.tabs} aria-label={m.title}>
      <Link to="/organization" aria-current={here === 'officers' ? 'page' : undefined} activeOptions={{ exact: true }}>
        {m.officers}
      </Link>
      <Link to="/organization/deputations" aria-current={here === 'deputations' ? 'page' : undefined}>
        {m.deputations}
      </Link>
      {session?.user.roles.includes('administrator') && (
        <>
          <Link to="/organization/users" aria-current={here === 'users' ? 'page' : undefined}>
            {m.users}
          </Link>
          <Link to="/organization/appearance" aria-current={here === 'appearance' ? 'page' : undefined}>
            {m.appearance}
          </Link>
        </>
      )}
    </nav>
  );
};
