import type { FormValues } from '@tongguan/law'
import type { Answers, PersonInCharge, RecipientAnswers } from './answers.ts'
import type { ScenarioDossier } from './compose.ts'
import { bytesText } from './form.ts'
import { yesNo } from './words.ts'

/**
 * The form as filled (Guide v3, annex 3), by the field codes of `law/declaration-form.ts`: what the completeness check
 * of handler and desk looks at. It travels in the declaration as data, so the telephone, e-mail and identity numbers of
 * the three persons and of the recipients' principals are not repeated in it: the form itself shows them.
 */
export function formValues(answers: Answers, scenarios: readonly ScenarioDossier[]): FormValues {
  const { handler, legalRepresentative, securityOfficer, agent, compliance } = answers
  return {
    fields: {
      'handler.name': handler.name,
      'handler.nature': handler.nature,
      'handler.ownership': handler.ownership,
      'handler.registered-at': handler.registeredAt,
      'handler.office-at': handler.officeAt,
      'handler.employees': String(handler.employees),
      'handler.credit-code': handler.creditCode,
      'handler.ciio': yesNo(handler.ciio).zh,
      'handler.persons-processed': String(handler.personsProcessed),
      ...personFields('legal-representative', legalRepresentative),
      ...personFields('security-officer', securityOfficer),
      'security-officer.body': securityOfficer.body,
      'security-officer.body-members': String(securityOfficer.bodyMembers),
      ...personFields('agent', agent),
      'compliance.two-years': together([compliance.penalties, compliance.investigations, compliance.rectification]),
    },
    scenarios: scenarios.map((scenario) => ({
      id: scenario.answers.id,
      fields: scenarioFields(scenario),
      recipients: scenario.answers.recipients.map(recipientFields),
    })),
  }
}

/** The few handlers without a legal representative say so in every field, as the portal's own form allows. */
const noSuchPerson = '无'
const shownInTheForm = (text: string) => (text.trim() === '' ? '' : '见申报表')
/** Several answers that share one field of the form: one that is empty leaves the field empty. */
const together = (texts: readonly string[]) => (texts.some((text) => text.trim() === '') ? '' : texts.join('；'))

function personFields(who: string, person: PersonInCharge | null): Readonly<Record<string, string>> {
  return {
    [`${who}.name`]: person?.name ?? noSuchPerson,
    [`${who}.position`]: person ? together([person.position, person.nationality]) : noSuchPerson,
    [`${who}.phone`]: person ? shownInTheForm(person.phone) : noSuchPerson,
    [`${who}.email`]: person ? shownInTheForm(person.email) : noSuchPerson,
    [`${who}.id-type`]: person?.idType ?? noSuchPerson,
    [`${who}.id-number`]: person ? shownInTheForm(person.idNumber) : noSuchPerson,
  }
}

function scenarioFields({ answers, items }: ScenarioDossier): Readonly<Record<string, string>> {
  const { importantData, recipientStatistics, persons } = answers
  return {
    'scenario.summary': answers.summary,
    'scenario.manner': answers.manner,
    'scenario.important-data': yesNo(importantData !== null).zh,
    ...(importantData && {
      'scenario.important-data.department': importantData.department,
      'scenario.important-data.size': bytesText(importantData.bytes),
    }),
    'scenario.personal-information': yesNo(items.some(({ category }) => category !== 'none')).zh,
    'scenario.sensitive': yesNo(items.some(({ category }) => category === 'sensitive')).zh,
    'scenario.industry': answers.industry,
    'scenario.persons.exported': String(persons.exportedThisYear),
    'scenario.persons.next-three-years': String(persons.nextThreeYears),
    'scenario.persons.relation': persons.relation,
    ...(recipientStatistics !== null && { 'scenario.recipient-statistics': recipientStatistics }),
  }
}

function recipientFields(recipient: RecipientAnswers): Readonly<Record<string, string>> {
  return {
    'recipient.name': recipient.name,
    'recipient.country': together([recipient.countryName, recipient.country]),
    'recipient.address': recipient.address,
    'recipient.business': recipient.business,
    'recipient.principal': recipient.principal,
    'recipient.principal-position': recipient.principalPosition,
    'recipient.phone': shownInTheForm(recipient.phone),
    'recipient.email': shownInTheForm(recipient.email),
  }
}
