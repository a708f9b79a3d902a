import type { Certainty, LegalDate, Words } from '@tongguan/law'
import { legalDate } from '@tongguan/law'

/**
 * Draft profiles of destinations for the reviewers' question about law and network environment (Order 11 art. 8 (2)).
 * Drafts only: the report says "not confirmed" until a named lawyer has confirmed one for the case.
 */
export interface Destination {
  readonly name: Words
  readonly law: Words
  readonly authority: Words
  /** Powers of public authorities to demand data that a reviewer will ask about. */
  readonly access: Words
  /** Where the draft comes from; official titles, so that whoever confirms it can find them. */
  readonly source: string
  readonly on: LegalDate
  /** How its sources were read; `memory` until somebody has read them for the profile. */
  readonly certainty: Certainty
}

const drafted = { on: legalDate('2026-11-24'), certainty: 'memory' } as const
const gdpr = {
  zh: '《通用数据保护条例》（欧盟2016/679号）直接适用',
  en: 'the General Data Protection Regulation (EU) 2016/679 applies directly',
}

export const destinations: Readonly<Record<string, Destination>> = {
  NL: {
    name: { zh: '荷兰', en: 'the Netherlands' },
    law: {
      zh: `${gdpr.zh}，本国有《通用数据保护条例实施法》`,
      en: `${gdpr.en}, with the national implementation act (UAVG)`,
    },
    authority: { zh: '荷兰个人数据管理局', en: 'Autoriteit Persoonsgegevens' },
    access: {
      zh: '《情报与安全部门法（2017）》规定情报机关的调取权限及独立审查',
      en: 'the Intelligence and Security Services Act 2017 sets the powers of the services and their independent review',
    },
    source: 'Regulation (EU) 2016/679; Uitvoeringswet AVG; Wet op de inlichtingen- en veiligheidsdiensten 2017',
    ...drafted,
  },
  EU: {
    name: { zh: '欧盟', en: 'the European Union' },
    law: gdpr,
    authority: {
      zh: '各成员国监管机构及欧洲数据保护委员会',
      en: 'national authorities and the European Data Protection Board',
    },
    access: {
      zh: '公权力机关的调取由各成员国法律规定，须逐国核实',
      en: 'access by public authorities is governed by each member state and must be looked at there',
    },
    source: 'Regulation (EU) 2016/679; Directive (EU) 2016/680; Directive (EU) 2022/2555',
    ...drafted,
  },
  US: {
    name: { zh: '美国', en: 'the United States' },
    law: {
      zh: '无统一的联邦个人信息保护法，依行业法（如医疗领域的HIPAA）及各州法律',
      en: 'no general federal data protection law; sector laws (HIPAA for health) and state laws',
    },
    authority: {
      zh: '联邦贸易委员会、卫生与公众服务部及各州总检察长',
      en: 'the FTC, HHS and the state attorneys general',
    },
    access: {
      zh: '《澄清境外合法使用数据法》与《外国情报监视法》第702条涉及政府调取',
      en: 'the CLOUD Act and section 702 of FISA concern access by the government',
    },
    source: 'Public Law 115-141 div. V (CLOUD Act); 50 U.S.C. 1881a; 45 CFR parts 160 and 164',
    ...drafted,
  },
  SG: {
    name: { zh: '新加坡', en: 'Singapore' },
    law: { zh: '《个人数据保护法（2012）》', en: 'the Personal Data Protection Act 2012' },
    authority: { zh: '个人数据保护委员会', en: 'the Personal Data Protection Commission' },
    access: {
      zh: '公共机构不适用该法，依其他法律调取',
      en: 'public agencies are outside the Act and act under other laws',
    },
    source: 'Personal Data Protection Act 2012; Cybersecurity Act 2018',
    ...drafted,
  },
  JP: {
    name: { zh: '日本', en: 'Japan' },
    law: {
      zh: '《个人信息保护法》（平成15年法律第57号）',
      en: 'the Act on the Protection of Personal Information (Act No. 57 of 2003)',
    },
    authority: { zh: '个人信息保护委员会', en: 'the Personal Information Protection Commission' },
    access: { zh: '侦查机关依《刑事诉讼法》调取', en: 'investigators act under the Code of Criminal Procedure' },
    source: 'Act No. 57 of 2003; Act No. 104 of 2014 (Basic Act on Cybersecurity)',
    ...drafted,
  },
  GB: {
    name: { zh: '英国', en: 'the United Kingdom' },
    law: { zh: '英国《通用数据保护条例》与《数据保护法（2018）》', en: 'the UK GDPR and the Data Protection Act 2018' },
    authority: { zh: '信息专员', en: 'the Information Commissioner' },
    access: {
      zh: '《调查权力法（2016）》规定调取权限及司法专员审查',
      en: 'the Investigatory Powers Act 2016 sets the powers, with judicial commissioners',
    },
    source: 'UK GDPR; Data Protection Act 2018; Data (Use and Access) Act 2025; Investigatory Powers Act 2016',
    ...drafted,
  },
  HK: {
    name: { zh: '香港', en: 'Hong Kong' },
    law: { zh: '《个人资料（私隐）条例》（第486章）', en: 'the Personal Data (Privacy) Ordinance (Cap. 486)' },
    authority: { zh: '个人资料私隐专员', en: 'the Privacy Commissioner for Personal Data' },
    access: {
      zh: '执法机关依手令及有关条例调取',
      en: 'law enforcement acts under warrants and the ordinances concerned',
    },
    source: 'Cap. 486; Cap. 589',
    ...drafted,
  },
  MO: {
    name: { zh: '澳门', en: 'Macau' },
    law: { zh: '第8/2005号法律《个人资料保护法》', en: 'Law no. 8/2005, the Personal Data Protection Act' },
    authority: { zh: '个人资料保护局', en: 'the Personal Data Protection Bureau' },
    access: {
      zh: '第13/2019号法律《网络安全法》及刑事诉讼法律',
      en: 'Law no. 13/2019 on cybersecurity and the law of criminal procedure',
    },
    source: 'Lei n.º 8/2005; Lei n.º 13/2019',
    ...drafted,
  },
}

const members = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))

/** The profile of a country, or of the union it belongs to; undefined where there is no draft. */
export function destinationOf(country: string): Destination | undefined {
  return destinations[country] ?? (members.has(country) ? destinations['EU'] : undefined)
}
