import type { Words } from '@tongguan/law'

/** What can be wrong with one file; the others are read all the same. */
export const fileErrors = {
  'scan.file-empty': { zh: '文件为空。', en: 'The file is empty.' },
  'scan.file-binary': {
    zh: '不是可读的格式（文本、Parquet、xlsx、docx、SAS XPORT、DICOM、zip、tar）；未读取。请先导出为其中之一。',
    en: 'None of the formats that can be read (text, Parquet, xlsx, docx, SAS XPORT, DICOM, zip, tar); it was not read. Export it to one of them first.',
  },
  'scan.format-unknown': {
    zh: '看不出表格结构；未读取。可读的格式：CSV、TSV、Parquet、JSON、NDJSON，也可为 .gz。',
    en: 'No table could be seen in it; it was not read. Readable are CSV, TSV, Parquet, JSON and NDJSON, also as .gz.',
  },
  'scan.encoding-unknown': {
    zh: '无法判定编码（UTF-8、UTF-16、GB18030、Big5、Windows-1252 均不成立或不止一种成立）；未读取。请转换为 UTF-8 后重试。',
    en: 'Its encoding cannot be decided (UTF-8, UTF-16, GB18030, Big5, Windows-1252: none fits, or more than one); it was not read. Convert it to UTF-8 and scan again.',
  },
  'scan.file-truncated': {
    zh: '文件在一行或一个字符中间断开；对断点之后的内容不作结论。请取得完整的文件。',
    en: 'The file ends in the middle of a row or a character; nothing is said of what is missing. Get the whole file.',
  },
  'scan.line-not-json': {
    zh: '有的行不是 JSON 对象；这些行未读取。',
    en: 'Some lines are not JSON objects; those lines were not read.',
  },
  'scan.parquet-unreadable': {
    zh: 'Parquet 文件不完整或无法读取。请重新导出。',
    en: 'The Parquet file is incomplete or cannot be read. Export it again.',
  },
  'scan.file-changed': {
    zh: '文件在扫描过程中被改动。请在写入完成后重新扫描。',
    en: 'The file changed while it was being scanned. Scan again once it is written.',
  },
  'scan.file-unreadable': {
    zh: '无法打开文件（权限或磁盘）。请检查后重试。',
    en: 'The file could not be opened (permission or disk). Check and scan again.',
  },
  'scan.archive-damaged': {
    zh: '压缩数据损坏；对它不作结论。请重新取得文件。',
    en: 'The compressed data are damaged; nothing is said of it. Get the file again.',
  },
  'scan.unpacks-to-too-much': {
    zh: '压缩比或解压后的大小超过限额（可能是压缩炸弹）；对它不作结论。请先自行解压并检查。',
    en: 'It unpacks to more than the limit, in ratio or in total (a bomb, perhaps); nothing is said of it. Unpack and check it yourself first.',
  },
  'scan.row-too-long': {
    zh: '有一行超过长度限额；对该文件不作结论。请检查换行与引号。',
    en: 'A row is longer than the limit; nothing is said of the file. Check its line ends and quotes.',
  },
  'scan.too-many-columns': {
    zh: '列数超过限额；对该文件不作结论。请拆分后重试。',
    en: 'It has more columns than the limit; nothing is said of the file. Split it and scan again.',
  },
  'scan.archive-leaves-folder': {
    zh: '压缩包里有越出文件夹的路径；未解出。请向提供方重新索取。',
    en: 'A path in the archive leads out of its folder; it was not unpacked. Ask for it again where it came from.',
  },
  'scan.archive-too-deep': {
    zh: '压缩包套压缩包的层数超过限额；未读取。请先自行解压。',
    en: 'Archives lie in archives deeper than the limit; it was not read. Unpack it yourself first.',
  },
  'scan.encrypted': {
    zh: '已加密，没有密码无法读取；对它不作结论。请解密后重试。',
    en: 'It is encrypted and cannot be read without the password; nothing is said of it. Decrypt it and scan again.',
  },
  'scan.encrypted-or-old': {
    zh: '是加密的或 2007 年以前格式的办公文件；未读取。请另存为 .xlsx、.docx 或 CSV（不设密码）。',
    en: 'An office file under a password, or in the form from before 2007; it was not read. Save it as .xlsx, .docx or CSV without a password.',
  },
  'scan.document-type': {
    zh: '文件内部的 XML 带有文档类型声明（外部实体）；为安全起见未读取。',
    en: 'Its XML carries a document type declaration (external entities); for safety it was not read.',
  },
  'scan.xport-damaged': {
    zh: 'SAS 传输文件（XPORT 第 5 版）结构不完整或版本不符；未读取。',
    en: 'The SAS transport file (XPORT version 5) is damaged, or of another version; it was not read.',
  },
  'scan.dicom-damaged': {
    zh: 'DICOM 文件头无法读取；对它不作结论。',
    en: 'The header of the DICOM file cannot be read; nothing is said of it.',
  },
  'scan.vcf-damaged': {
    zh: 'VCF 文件没有（或有两个）#CHROM 表头；未读取。',
    en: 'The VCF file has no #CHROM line, or two; it was not read.',
  },
  'scan.format-not-inspected': {
    zh: '扫描可以读取此格式，但闸口不放行：无法由检查过的值重建。请导出为 CSV、TSV、JSON、NDJSON 或 Parquet。',
    en: 'A scan reads this format, the gate lets none of it out: it cannot be rebuilt from the values that were checked. Export it as CSV, TSV, JSON, NDJSON or Parquet.',
  },
  'scan.link-outside': {
    zh: '链接指向所给文件夹之外或不存在之处；未跟随。如需扫描，请直接给出其目标。',
    en: 'A link that leads out of the folder given, or nowhere; it was not followed. To scan its target, name it.',
  },
  'scan.not-a-file': {
    zh: '不是普通文件（管道、套接字或设备）；未读取。',
    en: 'No ordinary file (a pipe, socket or device); it was not read.',
  },
  'scan.name-not-utf8': {
    zh: '文件名不是 UTF-8，无法打开；未读取。请改名后重试。',
    en: 'Its name is not UTF-8, so it could not be opened; it was not read. Rename it and scan again.',
  },
  'scan.disk-full': {
    zh: '临时目录的磁盘已满，无法处理此文件；对它不作结论。请清理或用 TMPDIR 指定更大的目录。',
    en: 'The disk of the temporary folder is full; nothing is said of this file. Free some, or name a larger folder in TMPDIR.',
  },
  'scan.engine-failed': {
    zh: '引擎未能处理此文件；对它不作结论。',
    en: 'The engine could not handle this file; nothing is said of it.',
  },
} as const satisfies Record<string, Words>

export type FileErrorCode = keyof typeof fileErrors

/** One file cannot be read, or not to its end; the others can. */
export class FileError extends Error {
  readonly code: FileErrorCode

  constructor(code: FileErrorCode) {
    super(fileErrors[code].en)
    this.name = 'FileError'
    this.code = code
  }
}

/** What makes a whole scan impossible. `%` is the path. */
export const inputErrors = {
  'scan.no-path': { zh: '没有给出要扫描的路径。', en: 'No path to scan was given.' },
  'scan.path-missing': {
    zh: '路径不存在：%。请检查拼写。',
    en: 'There is no such path: %. Check its spelling.',
  },
  'scan.folder-empty': {
    zh: '文件夹里没有文件：%。请给出存放数据的文件夹。',
    en: 'There is no file in this folder: %. Name the folder the data are in.',
  },
  'scan.no-such-column': {
    zh: '--quasi 所指的文件或列不存在：%。请按证据中的写法给出文件路径和列名。',
    en: 'There is no such file or column to be a quasi-identifier: %. Name both as the evidence does.',
  },
  'scan.nothing-readable': {
    zh: '没有一个文件可读：%。可读的格式：CSV、TSV、Parquet、JSON、NDJSON，也可为 .gz。',
    en: 'Not one file could be read: %. Readable are CSV, TSV, Parquet, JSON and NDJSON, also as .gz.',
  },
} as const satisfies Record<string, Words>

export type InputErrorCode = keyof typeof inputErrors

/** The call cannot be answered at all; nothing was read. */
export class ScanInputError extends Error {
  readonly code: InputErrorCode
  readonly words: Words

  constructor(code: InputErrorCode, path: string, cause?: Words) {
    const words =
      cause === undefined
        ? { zh: inputErrors[code].zh.replace('%', path), en: inputErrors[code].en.replace('%', path) }
        : { zh: `${path}：${cause.zh}`, en: `${path}: ${cause.en}` }
    super(words.en)
    this.name = 'ScanInputError'
    this.code = code
    this.words = words
  }
}

/** Nothing could be read for want of room in the temporary folder; the data may be sound. */
export class DiskFullError extends Error {
  readonly code = 'ENOSPC'

  constructor() {
    super(fileErrors['scan.disk-full'].en)
    this.name = 'DiskFullError'
  }
}
