import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useMessages } from '../../messages/language';
import { reviewMessages } from '../messages';
import type { Layout } from './comparison';

/** Side by side where there is room for it; the reader may choose one column there, too. */
export const useLayout = () => {
  const m = useMessages(reviewMessages);
  const wide = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false }) ?? true;
  const [chosen, choose] = useState<Layout>('sideBySide');
  return {
    layout: wide ? chosen : ('inline' as Layout),
    choice: wide && (
      <SegmentedControl
        size="xs"
        aria-label={m.layout}
        value={chosen}
        onChange={(value) => choose(value as Layout)}
        data={[
          { value: 'sideBySide', label: m.sideBySide },
          { value: 'inline', label: m.inline },
        ]}
      />
    ),
  };
};
