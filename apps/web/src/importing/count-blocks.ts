import type { Block } from '@app/content/body';

/** How many blocks of a type a body has, at any depth. */
export const countBlocks = (blocks: readonly Block[], type: string): number =>
  blocks.reduce((sum, block) => sum + (block.type === type ? 1 : 0) + countBlocks(block.content ?? [], type), 0);
