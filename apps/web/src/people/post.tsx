import classes from './post.module.css';

/** 「法務部 部長」: the department and the title, neither of them broken over two lines if that can be helped. */
export const Post = ({
  of: { department, title },
}: {
  readonly of: { readonly department: string; readonly title: string };
}) =>
  (department !== '' || title !== '') && (
    <span className={classes.post}>
      <span>{department}</span> <span>{title}</span>
    </span>
  );
