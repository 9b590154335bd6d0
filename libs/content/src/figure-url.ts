/** Where an image is found unless told otherwise: the API of the application itself. */
export const defaultFigureUrl = (sha256: string): string => `/api/figures/${sha256}`;
