import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../api/queries';
import { useMessages } from '../messages/language';
import { organizationMessages } from './messages';
import classes from './organization.module.css';

/** 責任者 | 利用者; the second is the administrators'. */
export const Sections = ({ here }: { readonly here: 'officers' | 'users' }) => {
  const m = useMessages(organizationMessages);
  const { data: session } = useQuery(queries.session());
  if (!session?.user.roles.includes('administrator')) return null;
  return (
    <nav className={classes.tabs} aria-label={m.title}>
      <Link to="/organization" aria-current={here === 'officers' ? 'page' : undefined} activeOptions={{ exact: true }}>
        {m.officers}
      </Link>
      <Link to="/organization/users" aria-current={here === 'users' ? 'page' : undefined}>
        {m.users}
      </Link>
    </nav>
  );
};
