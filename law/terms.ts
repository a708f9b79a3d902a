import type { Words } from './citation.ts'

/**
 * What a column or a value is about: our own list, a superset of the kinds other scanners name. One row a kind: whether
 * it identifies a person by itself (`direct`), together with others (`quasi`) or not, whether it is personal information
 * at all, and the words. Whether it is *sensitive* is decided by dated rule packs, not here.
 */
export const kinds = {
  national_id: { identifies: 'direct', personal: true, zh: '居民身份证号', en: 'resident ID number' },
  passport: { identifies: 'direct', personal: true, zh: '护照号', en: 'passport number' },
  travel_permit: { identifies: 'direct', personal: true, zh: '往来通行证号', en: 'travel permit number' },
  driver_licence: { identifies: 'direct', personal: true, zh: '驾驶证号', en: 'driving licence number' },
  social_security_no: { identifies: 'direct', personal: true, zh: '社会保障号', en: 'social security number' },
  name: { identifies: 'direct', personal: true, zh: '姓名', en: 'name of a person' },
  first_name: { identifies: 'direct', personal: true, zh: '名', en: 'given name' },
  last_name: { identifies: 'direct', personal: true, zh: '姓', en: 'family name' },
  staff_name: { identifies: 'direct', personal: true, zh: '工作人员姓名', en: 'name of staff' },
  phone: { identifies: 'direct', personal: true, zh: '电话号码', en: 'telephone number' },
  mobile: { identifies: 'direct', personal: true, zh: '手机号码', en: 'mobile number' },
  email: { identifies: 'direct', personal: true, zh: '电子邮箱', en: 'e-mail address' },
  address: { identifies: 'direct', personal: true, zh: '住址', en: 'address' },
  medical_record_no: { identifies: 'direct', personal: true, zh: '病案号', en: 'medical record number' },
  person_id: { identifies: 'direct', personal: true, zh: '人员编号', en: 'person number' },
  subject_id: { identifies: 'direct', personal: true, zh: '受试者编号', en: 'study subject number' },
  bank_account: { identifies: 'direct', personal: true, zh: '银行账号', en: 'bank account' },
  card_number: { identifies: 'direct', personal: true, zh: '银行卡号', en: 'payment card number' },
  plate: { identifies: 'direct', personal: true, zh: '车牌号', en: 'number plate' },
  vin: { identifies: 'direct', personal: true, zh: '车辆识别代号', en: 'vehicle identification number' },
  ip_address: { identifies: 'quasi', personal: true, zh: '网络地址', en: 'IP address' },
  device_id: { identifies: 'direct', personal: true, zh: '设备标识', en: 'device identifier' },
  birth_date: { identifies: 'quasi', personal: true, zh: '出生日期', en: 'date of birth' },
  death_date: { identifies: 'quasi', personal: true, zh: '死亡日期', en: 'date of death' },
  age: { identifies: 'quasi', personal: true, zh: '年龄', en: 'age' },
  sex: { identifies: 'quasi', personal: true, zh: '性别', en: 'sex' },
  ethnicity: { identifies: 'quasi', personal: true, zh: '民族', en: 'ethnicity' },
  nationality: { identifies: 'quasi', personal: true, zh: '国籍', en: 'nationality' },
  marital_status: { identifies: 'quasi', personal: true, zh: '婚姻状况', en: 'marital status' },
  education: { identifies: 'quasi', personal: true, zh: '学历', en: 'education' },
  occupation: { identifies: 'quasi', personal: true, zh: '职业', en: 'occupation' },
  religion: { identifies: 'quasi', personal: true, zh: '宗教信仰', en: 'religion' },
  city: { identifies: 'quasi', personal: true, zh: '城市', en: 'city' },
  region: { identifies: 'quasi', personal: true, zh: '地区', en: 'region' },
  country: { identifies: 'quasi', personal: true, zh: '国家', en: 'country' },
  postal_code: { identifies: 'quasi', personal: true, zh: '邮政编码', en: 'postal code' },
  precise_location: { identifies: 'quasi', personal: true, zh: '精确位置', en: 'precise location' },
  event_date: { identifies: 'quasi', personal: true, zh: '个人事件日期', en: 'date of an event of a person' },
  diagnosis: { identifies: 'none', personal: true, zh: '诊断', en: 'diagnosis' },
  medication: { identifies: 'none', personal: true, zh: '用药', en: 'medication' },
  lab_result: { identifies: 'none', personal: true, zh: '检验结果', en: 'laboratory result' },
  procedure: { identifies: 'none', personal: true, zh: '手术操作', en: 'medical procedure' },
  visit: { identifies: 'none', personal: true, zh: '就诊信息', en: 'visit to a health service' },
  imaging: { identifies: 'none', personal: true, zh: '影像检查', en: 'imaging study' },
  clinical_note: { identifies: 'none', personal: true, zh: '病历文本', en: 'clinical note' },
  free_text: { identifies: 'none', personal: true, zh: '自由文本', en: 'free text about a person' },
  genotype: { identifies: 'none', personal: true, zh: '基因信息', en: 'genetic information' },
  income: { identifies: 'none', personal: true, zh: '收入', en: 'income' },
  finance: { identifies: 'none', personal: true, zh: '财务信息', en: 'financial information' },
  biometric: { identifies: 'direct', personal: true, zh: '生物识别信息', en: 'biometric information' },
  credential: { identifies: 'direct', personal: true, zh: '口令与凭证', en: 'password or credential' },
  organisation_code: { identifies: 'none', personal: false, zh: '统一社会信用代码', en: 'unified social credit code' },
  none: { identifies: 'none', personal: false, zh: '非个人信息', en: 'not personal information' },
} as const satisfies Record<
  string,
  Words & { readonly identifies: 'direct' | 'quasi' | 'none'; readonly personal: boolean }
>

export type Kind = keyof typeof kinds

/** The version of the one way persons are counted; it stands in declaration, permit and manifest (architecture.md). */
export const countingMethod = 'tongguan/persons/1'
