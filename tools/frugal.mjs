// How Node is started so that a process stays small: a disclosure needs little, but Node and glibc keep what they once had.

/**
 * With a bound in sight V8 collects before it grows; 60 MB live at a time, so there is ample room. The processes that
 * hold large things for long (Typst) are others.
 */
export const frugalFlags = ['--max-old-space-size=384', '--max-semi-space-size=8'];

/**
 * argon2 takes 19 MB at a time, in any of Node's threads. glibc would keep that for each thread, once it was freed; so
 * threads share two arenas, and large blocks go back to the system.
 */
export const frugalEnvironment = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };
