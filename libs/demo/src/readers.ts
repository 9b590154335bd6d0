import { addDays } from '@app/calendar';
import type { DemoReader, LocalDate } from './demo';

/** Hospitals that read the company's disclosure, as seen on a day: those that are up to date, behind, invited, and gone. */
export const readersOn = (today: LocalDate): readonly DemoReader[] => [
  {
    hospital: '海風総合病院',
    address: 'renkei@umikaze-hospital.example',
    followedOn: '2022-08-03',
    acknowledged: [
      { number: 2, on: '2022-08-03' },
      { number: 3, on: '2023-09-04' },
      { number: 4, on: '2024-02-19' },
      { number: 5, on: '2024-05-20' },
      { number: 6, on: '2025-02-03' },
    ],
  },
  {
    hospital: '若葉台こどもクリニック',
    address: 'jimu@wakabadai-kodomo.example',
    followedOn: '2024-06-10',
    acknowledged: [
      { number: 5, on: '2024-06-10' },
      { number: 6, on: '2025-01-28' },
    ],
  },
  {
    hospital: '坂の上記念病院',
    address: 'joho@sakanoue-kinen.example',
    followedOn: '2023-10-16',
    acknowledged: [
      { number: 3, on: '2023-10-16' },
      { number: 4, on: '2024-03-01' },
    ],
  },
  {
    hospital: '三つ橋町国保診療所',
    address: 'shinryojo@mitsuhashi-town.example',
    followedOn: '2024-05-27',
    acknowledged: [{ number: 5, on: '2024-05-27' }],
  },
  {
    hospital: 'つばめ訪問看護ステーション',
    address: 'info@tsubame-houmon.example',
    followedOn: '2025-03-12',
    acknowledged: [],
  },
  { hospital: '北浜リハビリテーション病院', address: 'chiiki@kitahama-reha.example', invitedOn: addDays(today, -3) },
  {
    hospital: '旧港診療所',
    address: 'kyukou@clinic.example',
    followedOn: '2023-01-10',
    acknowledged: [{ number: 2, on: '2023-01-10' }],
    leftOn: '2024-04-01',
  },
];
