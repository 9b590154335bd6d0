import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type ButtonAnchorProps = ButtonProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { readonly ref?: Ref<HTMLAnchorElement> };

/** Mantine's look on a link that the router follows. */
export const ButtonLink = createLink((props: ButtonAnchorProps) => <Button component="a" {...props} />);
export const TextLink = createLink(Anchor<'a'>);
