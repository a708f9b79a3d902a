// The recipient's check needs neither database nor engine; it stands among the flows because the command line reaches
// the trades through here.
export { verifyRelease } from '@tongguan/gate'
export type { VerifyReport } from '@tongguan/gate'
