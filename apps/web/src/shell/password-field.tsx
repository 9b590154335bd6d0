import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useCommon } from '../messages/language';

/** A password that can be looked at, by the keyboard as well. */
export const PasswordField = (props: PasswordInputProps) => {
  const t = useCommon();
  return (
    <PasswordInput
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': t.showPassword }}
      {...props}
    />
  );
};
