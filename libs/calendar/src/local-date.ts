export type LocalDate = string;
