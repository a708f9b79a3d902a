// The door of this trade: what others may call.
export * from './compare.ts'
export * from './decide.ts'
export * from './desk.ts'
export * from './enquiry.ts'
export * from './figures.ts'
export * from './figures-store.ts'
export * from './hours.ts'
export * from './interpretation.ts'
export * from './interpretation-store.ts'
export * from './key-areas.ts'
export * from './migrations.ts'
export { organisationId } from './organisations.ts'
export * from './programme.ts'
export * from './programme-store.ts'
export * from './public-register.ts'
export * from './rebuild.ts'
export * from './report.ts'
export * from './store.ts'
export * from './suppress.ts'
export * from './topics.ts'
export * from './web-form.ts'
export {
  channelWords,
  enquiryEventWords,
  guidanceWords,
  refusalWords as enquiryRefusalWords,
  stageWords,
  statusWords as enquiryStatusWords,
} from './words.ts'
