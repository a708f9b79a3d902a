import { ageOn, day, isoDay } from '../people.ts'
import type { Patient } from './patients.ts'
import { at, randomFor } from '../random.ts'
import type { Random } from '../random.ts'

// What happened to a patient: visits, diagnoses, laboratory results, imaging studies, notes. Each is a function of the
// seed and the patient alone, so a batch repeats the rows of the study data byte for byte without anything being kept.

export interface Visit {
  /** 就诊流水号: `JZ`, the day, a running number; unique over the study. */
  readonly serialNo: string
  readonly on: string
  readonly department: string
  readonly type: '门诊' | '住院' | '急诊' | '体检'
  readonly doctor: string
}

export interface Diagnosis {
  /** ICD-10 in the six-digit form of the Chinese clinical edition. */
  readonly code: string
  readonly name: string
  readonly on: string
}

export interface LabResult {
  readonly test: string
  readonly result: string
  readonly unit: string
  readonly range: string
  readonly sampledAt: string
}

export interface ImagingStudy {
  readonly on: string
  readonly modality: string
  readonly bodyPart: string
  readonly description: string
  readonly manufacturer: string
}

export interface Note {
  readonly at: string
  readonly text: string
}

/** Two or three visits as a rule, from the day of enrolment on; the declared groups' end before the declaration. */
export function visitsOf(seed: number, patient: Patient): readonly [Visit, ...Visit[]] {
  const random = randomFor(seed, 'visits', patient.number)
  const lastDay = day(patient.group === 'D组' ? '2026-11-13' : '2026-02-13')
  const count = 1 + random.pick([0, 1, 1, 1, 1, 2, 2, 2, 3])
  const first = drawVisit(random, patient, 0, patient.enrolledDay)
  const later: Visit[] = []
  let on = patient.enrolledDay
  while (later.length + 1 < count) {
    on += random.integer(7, 160)
    if (on > lastDay) break
    later.push(drawVisit(random, patient, later.length + 1, on))
  }
  return [first, ...later]
}

function drawVisit(random: Random, patient: Patient, place: number, onDay: number): Visit {
  const on = isoDay(onDay)
  const department = random.pick(departments)
  return {
    // At most four visits a patient, so the running number never repeats.
    serialNo: `JZ${on.slice(2).replaceAll('-', '')}${String(patient.number * 4 + place).padStart(6, '0')}`,
    on,
    department,
    type: typeOf(random, department),
    doctor: random.pick(doctors),
  }
}

function typeOf(random: Random, department: string): Visit['type'] {
  if (department === '急诊科') return '急诊'
  if (department === '健康管理中心') return '体检'
  return random.chance(0.7) ? '门诊' : '住院'
}

/** One to four different diagnoses, each made at a visit. */
export function diagnosesOf(seed: number, patient: Patient): readonly [Diagnosis, ...Diagnosis[]] {
  const visits = visitsOf(seed, patient)
  const random = randomFor(seed, 'diagnoses', patient.number)
  const rows = new Set([random.pick(diagnoses)])
  for (let more = random.pick([0, 1, 1, 1, 2, 2, 3]); more > 0; more--) rows.add(random.pick(diagnoses))
  const [first, ...others] = [...rows].map(([code, name]) => ({ code, name, on: random.pick(visits).on }))
  if (!first) throw new Error('a patient without a diagnosis was drawn')
  return [first, ...others]
}

/** Five to eight results, no test twice on one day. */
export function labResultsOf(seed: number, patient: Patient): readonly LabResult[] {
  const visits = visitsOf(seed, patient)
  const random = randomFor(seed, 'laboratory', patient.number)
  const count = random.integer(5, 8)
  // Neighbouring tests of the list belong to one panel, so a run of them is what a doctor orders.
  const start = random.integer(0, labTests.length - 1)
  const visit = random.pick(visits)
  const sampledAt = `${visit.on} ${two(random.integer(6, 10))}:${two(random.integer(0, 59))}`
  return Array.from({ length: count }, (_, i) => {
    const test = at(labTests, (start + i) % labTests.length)
    return { test: test.name, sampledAt, ...drawResult(random, test, patient.sex) }
  })
}

function drawResult(random: Random, test: LabTest, sex: '男' | '女'): Pick<LabResult, 'result' | 'unit' | 'range'> {
  if (!('low' in test)) return { result: random.chance(0.14) ? '阳性' : '阴性', unit: '', range: '阴性' }
  const [low, high] = sex === '女' && test.women ? test.women : [test.low, test.high]
  const decimals = test.decimals ?? 1
  const range = `${low.toFixed(decimals)}-${high.toFixed(decimals)}`
  const usual = (low + high) / 2 + (random.normal() * (high - low)) / 4.5
  const value = random.chance(0.16) ? usual * (1.15 + random.next() * 1.6) : usual
  const smallest = 10 ** -decimals
  const result = value < smallest ? `<${smallest.toFixed(decimals)}` : value.toFixed(decimals)
  return { result, unit: test.unit, range }
}

/** Two patients in five have an imaging study, a few of them two. */
export function imagingOf(seed: number, patient: Patient): readonly ImagingStudy[] {
  const random = randomFor(seed, 'imaging', patient.number)
  if (!random.chance(0.4)) return []
  const visits = visitsOf(seed, patient)
  return Array.from({ length: random.chance(0.12) ? 2 : 1 }, () => {
    const [modality, bodyPart, description] = random.pick(imagingSeries)
    const manufacturer = random.pick(manufacturers[modality])
    return { on: random.pick(visits).on, modality, bodyPart, description, manufacturer }
  })
}

/**
 * A note for seven patients in ten, on the first visit. In about 3 % somebody typed the patient's mobile number into
 * the text, in about 0.4 % the resident ID: what a scan of columns alone would miss.
 */
export function notesOf(seed: number, patient: Patient): readonly Note[] {
  const random = randomFor(seed, 'notes', patient.number)
  if (!random.chance(0.7)) return []
  const [visit] = visitsOf(seed, patient)
  const [diagnosis] = diagnosesOf(seed, patient)
  const sentences = [
    `患者${patient.sex}，${ageOn(patient.born, visit.on)}岁，因“${random.pick(complaints)}${random.pick(durations)}”就诊于${visit.department}。`,
    random.pick(histories),
    random.pick(examinations),
    `考虑${diagnosis.name}，${random.pick(plans)}。`,
  ]
  if (random.chance(0.03)) sentences.push(random.pick(contactSentences)(patient.mobile))
  if (random.chance(0.004)) sentences.push(`医保登记有误，已按身份证${patient.residentId}更正。`)
  return [{ at: `${visit.on} ${two(random.integer(8, 17))}:${two(random.integer(0, 59))}`, text: sentences.join('') }]
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

// --- word lists --------------------------------------------------------------------------------------------------

const departments = (
  '消化内科 消化内科 消化内科 消化内科 内分泌科 内分泌科 肝病科 肝病科 普通外科 肝胆外科 胃肠外科 肛肠科 ' +
  '营养科 心血管内科 肾内科 肿瘤科 急诊科 健康管理中心 老年医学科 感染科'
).split(' ')

const doctors = (
  '王建华 李敏 张志强 刘丽娟 陈晓东 杨帆 赵文博 黄海燕 周立新 吴静怡 徐国平 孙玉梅 胡永康 朱婷婷 高翔宇 林清荣 何思远 郭雪松 马春红 罗瑞祥 ' +
  '梁晓慧 宋明辉 郑秀兰 谢子安 韩宁 唐海峰 冯桂英 于洋 董淑珍 肖亮 程博文 曹欣然 袁志伟 邓倩 许光荣 傅新民 沈琳 曾庆东 彭颖 吕松 ' +
  '苏洁 卢鹏飞 蒋雨薇 蔡立群 贾文娟 丁一凡 魏建军 薛红 叶佳宁 阎超 余慧敏 潘俊杰 杜春燕 戴乐 夏凯 钟璐 汪旭东 田凤云 任刚 姜怡'
).split(' ')

const diagnoses: readonly (readonly [code: string, name: string])[] = [
  ['K21.000', '胃食管反流病伴有食管炎'],
  ['K21.900', '胃食管反流病'],
  ['K22.700', '巴雷特食管'],
  ['K25.300', '急性胃溃疡'],
  ['K25.700', '慢性胃溃疡'],
  ['K26.400', '十二指肠溃疡伴出血'],
  ['K26.700', '慢性十二指肠溃疡'],
  ['K29.300', '慢性浅表性胃炎'],
  ['K29.400', '慢性萎缩性胃炎'],
  ['K29.500', '慢性胃炎'],
  ['K30.x00', '功能性消化不良'],
  ['K31.700', '胃息肉'],
  ['K35.800', '急性阑尾炎'],
  ['K50.900', '克罗恩病'],
  ['K51.900', '溃疡性结肠炎'],
  ['K52.900', '非感染性胃肠炎'],
  ['K57.300', '大肠憩室病'],
  ['K58.900', '肠易激综合征'],
  ['K59.000', '便秘'],
  ['K62.100', '直肠息肉'],
  ['K63.500', '结肠息肉'],
  ['K64.900', '痔'],
  ['K70.000', '酒精性脂肪肝'],
  ['K73.900', '慢性肝炎'],
  ['K74.300', '原发性胆汁性胆管炎'],
  ['K74.600', '肝硬化'],
  ['K75.400', '自身免疫性肝炎'],
  ['K76.000', '脂肪肝'],
  ['K76.600', '门静脉高压'],
  ['K80.200', '胆囊结石'],
  ['K80.500', '胆管结石'],
  ['K81.100', '慢性胆囊炎'],
  ['K85.900', '急性胰腺炎'],
  ['K86.100', '慢性胰腺炎'],
  ['K90.000', '乳糜泻'],
  ['K92.200', '消化道出血'],
  ['B18.100', '慢性乙型病毒性肝炎'],
  ['B18.200', '慢性丙型病毒性肝炎'],
  ['B98.000', '幽门螺杆菌感染'],
  ['C15.900', '食管恶性肿瘤'],
  ['C16.900', '胃恶性肿瘤'],
  ['C18.900', '结肠恶性肿瘤'],
  ['C20.x00', '直肠恶性肿瘤'],
  ['C22.000', '肝细胞癌'],
  ['C25.900', '胰腺恶性肿瘤'],
  ['D12.600', '结肠良性肿瘤'],
  ['D50.900', '缺铁性贫血'],
  ['E03.900', '甲状腺功能减退症'],
  ['E04.100', '甲状腺结节'],
  ['E05.900', '甲状腺功能亢进症'],
  ['E11.200', '2型糖尿病伴肾的并发症'],
  ['E11.400', '2型糖尿病伴神经的并发症'],
  ['E11.900', '2型糖尿病'],
  ['E66.900', '肥胖症'],
  ['E78.000', '高胆固醇血症'],
  ['E78.100', '高甘油三酯血症'],
  ['E78.200', '混合性高脂血症'],
  ['E78.500', '高脂血症'],
  ['E79.000', '高尿酸血症'],
  ['I10.x00', '原发性高血压'],
  ['I25.100', '冠状动脉粥样硬化性心脏病'],
  ['M10.900', '痛风'],
  ['M81.900', '骨质疏松症'],
  ['N18.900', '慢性肾脏病'],
  ['R10.400', '腹痛'],
]

type LabTest =
  | { readonly name: string }
  | {
      readonly name: string
      readonly unit: string
      readonly low: number
      readonly high: number
      readonly decimals?: number
      /** The range for women where it is another. */
      readonly women?: readonly [low: number, high: number]
    }

const labTests: readonly LabTest[] = [
  { name: '空腹血糖', unit: 'mmol/L', low: 3.9, high: 6.1, decimals: 2 },
  { name: '糖化血红蛋白', unit: '%', low: 4, high: 6 },
  { name: '总胆固醇', unit: 'mmol/L', low: 3.1, high: 5.7, decimals: 2 },
  { name: '甘油三酯', unit: 'mmol/L', low: 0.45, high: 1.7, decimals: 2 },
  { name: '高密度脂蛋白胆固醇', unit: 'mmol/L', low: 1.04, high: 1.55, decimals: 2 },
  { name: '低密度脂蛋白胆固醇', unit: 'mmol/L', low: 2.07, high: 3.37, decimals: 2 },
  { name: '丙氨酸氨基转移酶', unit: 'U/L', low: 9, high: 50, decimals: 0, women: [7, 40] },
  { name: '天门冬氨酸氨基转移酶', unit: 'U/L', low: 15, high: 40, decimals: 0, women: [13, 35] },
  { name: 'γ-谷氨酰转移酶', unit: 'U/L', low: 10, high: 60, decimals: 0, women: [7, 45] },
  { name: '碱性磷酸酶', unit: 'U/L', low: 45, high: 125, decimals: 0, women: [50, 135] },
  { name: '总胆红素', unit: 'μmol/L', low: 0, high: 26, women: [0, 21] },
  { name: '直接胆红素', unit: 'μmol/L', low: 0, high: 8 },
  { name: '白蛋白', unit: 'g/L', low: 40, high: 55 },
  { name: '肌酐', unit: 'μmol/L', low: 57, high: 97, decimals: 0, women: [41, 73] },
  { name: '尿酸', unit: 'μmol/L', low: 208, high: 428, decimals: 0, women: [155, 357] },
  { name: '尿素', unit: 'mmol/L', low: 3.1, high: 8 },
  { name: '白细胞计数', unit: '10^9/L', low: 3.5, high: 9.5, decimals: 2 },
  { name: '血红蛋白', unit: 'g/L', low: 130, high: 175, decimals: 0, women: [115, 150] },
  { name: '血小板计数', unit: '10^9/L', low: 125, high: 350, decimals: 0 },
  { name: 'C反应蛋白', unit: 'mg/L', low: 0, high: 8 },
  { name: '甲胎蛋白', unit: 'ng/mL', low: 0, high: 7, decimals: 2 },
  { name: '癌胚抗原', unit: 'ng/mL', low: 0, high: 5, decimals: 2 },
  { name: '糖类抗原19-9', unit: 'U/mL', low: 0, high: 37 },
  { name: '促甲状腺激素', unit: 'mIU/L', low: 0.27, high: 4.2, decimals: 2 },
  { name: '粪便隐血' },
  { name: '乙肝表面抗原' },
  { name: '幽门螺杆菌呼气试验' },
]

const imagingSeries = [
  ['CT', 'ABDOMEN', '上腹部平扫+三期增强'],
  ['CT', 'ABDOMEN', '全腹部平扫'],
  ['CT', 'CHEST', '胸部低剂量平扫'],
  ['CT', 'PELVIS', '盆腔增强'],
  ['MR', 'LIVER', '肝脏动态增强'],
  ['MR', 'ABDOMEN', '磁共振胰胆管成像'],
  ['MR', 'PELVIS', '直肠高分辨平扫'],
  ['MR', 'LIVER', '肝脏脂肪定量'],
  ['US', 'LIVER', '肝胆胰脾超声'],
  ['US', 'LIVER', '肝脏弹性成像'],
  ['US', 'THYROID', '甲状腺超声'],
  ['ES', 'STOMACH', '电子胃镜'],
  ['ES', 'COLON', '电子结肠镜'],
] as const

const manufacturers = {
  CT: ['SIEMENS', 'GE MEDICAL SYSTEMS', 'UIH'],
  MR: ['SIEMENS', 'Philips Medical Systems', 'UIH'],
  US: ['Mindray', 'Philips Medical Systems'],
  ES: ['OLYMPUS', 'FUJIFILM'],
} as const satisfies Record<(typeof imagingSeries)[number][0], readonly string[]>

const complaints = (
  '反复上腹部胀痛 反酸、烧心 间断便血 腹泻 排便习惯改变 食欲减退伴乏力 体检发现转氨酶升高 口干、多饮 ' +
  '右上腹隐痛 嗳气、早饱 血糖控制不佳 皮肤及巩膜黄染 体重下降 恶心、呕吐 体检发现肝脏占位 双足麻木'
).split(' ')
const durations = '三天 一周 半月 1月余 3月余 半年 1年 5年，加重1周'.split(' ')
const histories = (
  '既往体健，否认药物过敏史。 高血压病史十余年，规律服药。 有长期饮酒史，已戒酒两年。 ' +
  '母亲有结肠息肉病史。 糖尿病病史八年，使用胰岛素治疗。 曾行胆囊切除术。 吸烟二十余年，每日约一包。 ' +
  '乙肝病史多年，未规律随访。'
).split(' ')
const examinations = (
  '查体：腹软，剑突下轻压痛，无反跳痛。 查体：腹平软，肝脾肋下未及。 查体：墨菲征阴性，肠鸣音正常。 ' +
  '查体：腹部膨隆，移动性浊音可疑阳性。 查体：体型肥胖，腰围增大，余未见异常。 ' +
  '查体：右下腹轻压痛，肠鸣音活跃。'
).split(' ')
const plans = (
  '给予抑酸、保护胃黏膜治疗，两周后复诊 完善胃镜及病理检查 调整降糖方案，监测空腹及餐后血糖 ' +
  '建议低脂饮食，三月后复查肝功能 收入院进一步诊治 行四联疗法根除治疗，停药一月后复查呼气试验 ' +
  '完善增强影像检查，必要时多学科会诊 已知情同意并入组随访'
).split(' ')
const contactSentences = [
  (mobile: string) => `随访电话${mobile}，请提前一天联系。`,
  (mobile: string) => `患者要求结果短信通知（${mobile}）。`,
  (mobile: string) => `已与患者本人电话沟通（手机：${mobile}），同意延期检查。`,
]
