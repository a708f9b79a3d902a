import { at, randomFor } from './random.ts'
import type { Random } from './random.ts'

/*
 * Invented people, for every pilot. Nobody real: every field is drawn, and a likeness to a living person is chance.
 */

/** One invented adult of a crowd, found by number: the same seed and number give the same person. */
export interface Person {
  readonly number: number
  readonly name: string
  /** 居民身份证号, 18 characters, its check character by GB 11643. */
  readonly residentId: string
  readonly sex: Sex
  /** `1985-03-08`. */
  readonly born: string
  /** 11 digits. */
  readonly mobile: string
  /** 护照号: `E` and eight digits. */
  readonly passport: string
  readonly address: string
}

export type Sex = '男' | '女'

/**
 * A crowd of any size without a memory of who was drawn: resident ID, mobile and passport number are unique by
 * construction, since number × prime takes every place of a range once before it repeats. `bornIn` are the first and the
 * last birthday. Up to 2,000,000 persons; a crowd is as large as its range of resident IDs allows.
 */
export function crowd(
  seed: number,
  { from, to }: { readonly from: string; readonly to: string },
): (number: number) => Person {
  const [firstDay, days] = [day(from), day(to) - day(from) + 1]
  const places = elsewhere.length * days * sequences
  return (number) => {
    const random = randomFor(seed, 'crowd', number)
    const sex = random.chance(0.5) ? '男' : '女'
    const place = (number * 1_000_003 + seed) % places
    const region = at(elsewhere, place % elsewhere.length)
    const birthDay = firstDay + (Math.floor(place / elsewhere.length) % days)
    const pair = Math.floor(place / elsewhere.length / days)
    const body = residentIdBody(region.code, birthDay, pair, sex)
    const line = (number * 1_000_000_007 + seed) % (mobilePrefixes.length * 1e8)
    return {
      number,
      name: drawName(random, sex),
      residentId: body + checkCharacter(body),
      sex,
      born: isoDay(birthDay),
      mobile: at(mobilePrefixes, Math.floor(line / 1e8)) + String(line % 1e8).padStart(8, '0'),
      passport: `E${String((number * 1_000_003 + seed) % 1e8).padStart(8, '0')}`,
      address: drawAddress(random, region),
    }
  }
}

/** Draws until it is one that was not taken before, and takes it. */
export function unique(taken: Set<string>, draw: () => string): string {
  for (;;) {
    const value = draw()
    if (taken.has(value)) continue
    taken.add(value)
    return value
  }
}

export function drawName(random: Random, sex: Sex): string {
  const surname = random.pick(surnamePool)
  const characters = sex === '男' ? maleCharacters : femaleCharacters
  const first = random.pick(characters)
  if (random.chance(0.18)) return surname + first
  return surname + first + random.pick(random.chance(0.3) ? eitherCharacters : characters)
}

export function drawResidentId(random: Random, region: string, birthDay: number, sex: Sex): string {
  const body = residentIdBody(region, birthDay, random.integer(0, sequences - 1), sex)
  return body + checkCharacter(body)
}

// The sequence number of a day and region is odd for men and even for women: 499 pairs from 001 to 998.
const sequences = 499

function residentIdBody(region: string, birthDay: number, pair: number, sex: Sex): string {
  const sequence = pair * 2 + (sex === '男' ? 1 : 2)
  return region + isoDay(birthDay).replaceAll('-', '') + String(sequence).padStart(3, '0')
}

/** The 18th character for the 17 digits before it: GB 11643, which is ISO 7064 MOD 11-2. */
export function checkCharacter(body: string): string {
  let sum = 0
  for (const [i, weight] of weights.entries()) sum += Number(body[i]) * weight
  return at(checkCharacters, sum % 11)
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'.split('')

export function drawAddress(random: Random, region: Region): string {
  const street = random.pick(streets)
  const door = `${random.integer(1, 29)}号楼${random.integer(1, 6)}单元${random.integer(1, 18)}0${random.integer(1, 4)}室`
  return random.chance(0.6)
    ? `${region.name}${street}${random.integer(1, 188)}号院${door}`
    : `${region.name}${random.pick(estates)}${random.pick(['小区', '家园', '里', '苑'])}${door}`
}

export function digits(random: Random, count: number): string {
  return String(random.integer(0, 10 ** count - 1)).padStart(count, '0')
}

// --- days --------------------------------------------------------------------------------------------------------

/** Days since 1970-01-01 of a written day. */
export function day(iso: string): number {
  return Date.parse(iso) / 86_400_000
}

/** A day as written, `2025-03-08`. */
export function isoDay(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10)
}

/** Whole years between birth and a day. */
export function ageOn(born: string, on: string): number {
  return Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)
}

// --- word lists --------------------------------------------------------------------------------------------------

// Surnames with a rough weight in parts per thousand: what matters is that a few dozen names cover most people.
const surnamePool = Object.entries({
  王李张刘陈: 70,
  杨黄赵吴周: 22,
  徐孙马朱胡林郭何高罗: 12,
  郑梁谢宋唐许邓冯韩曹: 8,
  曾彭肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任: 5,
  姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷: 3,
  史龙黎贺顾毛郝龚邵万覃武钱戚严赖洪莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关: 1,
}).flatMap(([characters, weight]) => Array.from(characters).flatMap((surname) => Array<string>(weight).fill(surname)))
surnamePool.push('欧阳', '欧阳', '上官', '司马', '诸葛', '皇甫', '尉迟', '慕容')

// 喆 堃 昇 are beyond GB 2312: a reader that takes the register for GB 2312 shows it at once.
const maleCharacters = Array.from(
  '伟强军勇杰涛明刚平辉鹏华飞鑫波斌宇浩凯健俊帆亮建国志海峰龙磊超洋旭东宁博文武民成林松柏岩喆堃昇',
)
const femaleCharacters = Array.from(
  '芳娜敏静丽艳娟霞秀兰燕玲桂英丹萍红玉琴云莉梅颖雪慧婷洁琳倩欣怡佳璐蕾薇媛岚淑珍凤菊',
)
const eitherCharacters = Array.from('华平文宁晓春新林清立永子思一安乐瑞祥庆荣光')

export const mobilePrefixes = (
  '130 131 132 133 134 135 136 137 138 139 150 151 152 153 155 156 157 158 159 166 173 175 176 177 178 ' +
  '180 181 182 183 184 185 186 187 188 189 198 199'
).split(' ')

export interface Region {
  /** GB/T 2260. */
  readonly code: string
  readonly name: string
}

// Weighted by repetition: the big districts come more than once.
export const beijing: readonly Region[] = regions(`
  110101 北京市东城区 110102 北京市西城区 110105 北京市朝阳区 110105 北京市朝阳区 110105 北京市朝阳区
  110106 北京市丰台区 110106 北京市丰台区 110107 北京市石景山区 110108 北京市海淀区 110108 北京市海淀区
  110108 北京市海淀区 110109 北京市门头沟区 110111 北京市房山区 110112 北京市通州区 110113 北京市顺义区
  110114 北京市昌平区 110115 北京市大兴区 110116 北京市怀柔区 110117 北京市平谷区`)

export const elsewhere: readonly Region[] = regions(`
  120101 天津市和平区 120103 天津市河西区 120104 天津市南开区 130102 河北省石家庄市长安区 130202 河北省唐山市路南区
  130302 河北省秦皇岛市海港区 130402 河北省邯郸市邯山区 140105 山西省太原市小店区 140106 山西省太原市迎泽区
  150102 内蒙古自治区呼和浩特市新城区 210102 辽宁省沈阳市和平区 210202 辽宁省大连市中山区 220102 吉林省长春市南关区
  230102 黑龙江省哈尔滨市道里区 310101 上海市黄浦区 310104 上海市徐汇区 310115 上海市浦东新区 320102 江苏省南京市玄武区
  320104 江苏省南京市秦淮区 330106 浙江省杭州市西湖区 340103 安徽省合肥市庐阳区 350102 福建省福州市鼓楼区
  360102 江西省南昌市东湖区 370102 山东省济南市历下区 370103 山东省济南市市中区 370202 山东省青岛市市南区
  410102 河南省郑州市中原区 410105 河南省郑州市金水区 420102 湖北省武汉市江岸区 420106 湖北省武汉市武昌区
  430102 湖南省长沙市芙蓉区 440103 广东省广州市荔湾区 440104 广东省广州市越秀区 500103 重庆市渝中区
  510104 四川省成都市锦江区 510105 四川省成都市青羊区 610103 陕西省西安市碑林区 620102 甘肃省兰州市城关区
  640104 宁夏回族自治区银川市兴庆区`)

function regions(table: string): readonly Region[] {
  return [...table.matchAll(/(?<code>\d{6}) (?<name>\S+)/g)].map(([, code = '', name = '']) => ({ code, name }))
}

const streets = [
  '和平路',
  '建设街',
  '文化路',
  '新华街',
  '育才路',
  '幸福大街',
  '光明路',
  '友谊路',
  '科学院路',
  '北环路',
  '柳林街',
]
const estates = ['翠林', '安和', '望春', '景泰', '芳华', '清河', '云锦', '丽景', '康宁', '银杏']
