import type { Detector } from './detector.ts'

// The commonest family names of the 2020 census report and the usual compound ones; about nine tenths of all people.
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪季牛辛殷翟华俞柴管焦祝左阮岳柳葛章庄耿申齐聂兰路俱安倪鲁温甘童颜梅伍盛毕骆霍关包翁尚纪游丛欧柯凌裴臧涂蒲苗凤靳苟穆窦项卓'
const compound = '欧阳|上官|司马|诸葛|皇甫|令狐|慕容|尉迟|公孙|东方|夏侯|长孙|宇文|司徒|端木|独孤|南宫'

// What begins like a name and is none: illnesses, drugs, places, days, brands.
const stop =
  '高血|高脂|高尿|高热|高烧|黄芪|黄连|黄疸|白术|白芍|白内|白血|白带|白癜|石膏|石斛|金银|马来|江苏|江西|何首|周[一二三四五六日末]|安徽|温州|关节|万古|雷贝|安宫|方便|文化|甘草|甘肃|白天|金属|华北|华东|华南|常规|易感|于是|高级|高中|任何|向日|包装|管理|关于|方法|安全|任务|项目|程序|左[心侧肺肾上下]|康复|温度|石家|马鞍|路由|毛发|毛囊|牛皮|梅毒|柳州|齐齐|苏州|莫西|阮'

/** A Chinese personal name: a family name and one or two characters more (compound family names: up to four in all). */
export const chineseName: Detector = {
  kind: 'name',
  source: 'Sixth and seventh national census, family names; detection.md 1.5',
  cell: `^(?:[${surnames}][\\x{4e00}-\\x{9fa5}]{1,2}|(?:${compound})[\\x{4e00}-\\x{9fa5}]{1,2}|[\\x{4e00}-\\x{9fa5}]+·[\\x{4e00}-\\x{9fa5}]+)$`,
  check: (x) => `lengthUTF8(${x}) <= 20 AND NOT match(${x}, '^(?:${stop})')`,
  // One character in nine that opens an ordinary word is some family name's.
  chance: 0.5,
  rate: 0.7,
  distinct: 0.3,
  alone: true,
  because: 'dictionary',
  closed: true,
  confusedWith:
    'illnesses, herbs, places and weekdays that open with a family name; rate, variety and header settle it',
  mask: (name) => {
    const letters = [...name]
    const shown = new RegExp(`^(?:${compound})`).test(name) ? 2 : 1
    return letters.slice(0, shown).join('') + '*'.repeat(Math.max(1, letters.length - shown))
  },
}
