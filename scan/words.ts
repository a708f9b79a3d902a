import type { Words } from '@tongguan/law'

/** What can be wrong with one file; the others are read all the same. */
export const fileErrors = {
  'scan.file-empty': { zh: '文件为空。', en: 'The file is empty.' },
  'scan.file-binary': {
    zh: '不是文本文件，也不是 Parquet；未读取。请先导出为 CSV、TSV、Parquet 或 NDJSON。',
    en: 'Neither text nor Parquet; it was not read. Export it to CSV, TSV, Parquet or NDJSON first.',
  },
  'scan.format-unknown': {
    zh: '看不出表格结构；未读取。可读的格式：CSV、TSV、Parquet、NDJSON。',
    en: 'No table could be seen in it; it was not read. Readable are CSV, TSV, Parquet and NDJSON.',
  },
  'scan.encoding-unknown': {
    zh: '既不是有效的 UTF-8，也不是有效的 GB18030；未读取。请转换编码后重试。',
    en: 'Neither valid UTF-8 nor valid GB18030; it was not read. Convert its encoding and scan again.',
  },
  'scan.file-truncated': {
    zh: '文件在一行中间断开；断点之前的内容已读取，其余不作结论。请取得完整的文件。',
    en: 'The file ends in the middle of a row; what stands before was read, nothing is said of the rest. Get the whole file.',
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
  'scan.engine-failed': {
    zh: '引擎未能处理此文件；对它不作结论。',
    en: 'The engine could not handle this file; nothing is said of it.',
  },
} as const satisfies Record<string, Words>

export type FileErrorCode = keyof typeof fileErrors

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
  'scan.nothing-readable': {
    zh: '没有一个文件可读：%。可读的格式：CSV、TSV、Parquet、NDJSON。',
    en: 'Not one file could be read: %. Readable are CSV, TSV, Parquet and NDJSON.',
  },
} as const satisfies Record<string, Words>

export type InputErrorCode = keyof typeof inputErrors

/** The call cannot be answered at all; nothing was read. */
export class ScanInputError extends Error {
  readonly code: InputErrorCode
  readonly words: Words

  constructor(code: InputErrorCode, path: string) {
    const words = { zh: inputErrors[code].zh.replace('%', path), en: inputErrors[code].en.replace('%', path) }
    super(words.en)
    this.name = 'ScanInputError'
    this.code = code
    this.words = words
  }
}
