export { stampNewest, timeStampJob, type TimeStamping } from './time-stamp-job';
export { TimeStampRefused, verifyTimeStamp, type TimeStamp, type TimeStampFault } from './time-stamp';
export {
  certificatesIn,
  namedTimeStampRoots,
  readTimeStampAuthority,
  type TimeStampAuthority,
} from './time-stamp-authority';
