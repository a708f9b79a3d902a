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
  'scan.source-unreachable': {
    zh: '连不上该数据来源（主机、端口或网络）；未读取。请检查地址、端口、防火墙，并确认服务在运行。',
    en: 'The source cannot be reached (host, port or network); it was not read. Check address, port and firewall, and that the service runs.',
  },
  'scan.source-tls': {
    zh: '无法与该数据来源建立可信的 TLS 连接；未读取。请让服务器使用受信任的证书（私有 CA 用 NODE_EXTRA_CA_CERTS），或在地址后写 ?sslmode=disable（不加密）或 ?sslmode=no-verify（不验证证书）。',
    en: 'No trusted TLS connection to the source; it was not read. Give its server a trusted certificate (a private CA: NODE_EXTRA_CA_CERTS), or write ?sslmode=disable (no encryption) or ?sslmode=no-verify (certificate not checked) behind the address.',
  },
  'scan.source-login': {
    zh: '数据来源拒绝登录：用户、密码或密钥不对或已失效；未读取。数据库密码可用 --password-file、PGPASSWORD 或 MYSQL_PWD 给出，S3 密钥用 AWS_ACCESS_KEY_ID 与 AWS_SECRET_ACCESS_KEY。',
    en: 'The source refused the login: user, password or key is wrong or has expired; it was not read. Give a database password by --password-file, PGPASSWORD or MYSQL_PWD, S3 keys by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
  'scan.source-not-allowed': {
    zh: '该用户无权读取全部内容（表、列、行级策略或对象）；对它不作结论。请授予完整的只读权限后重试。',
    en: 'The user may not read all of it (table, column, a row-level policy, or object); nothing is said of it. Grant the right to read the whole and scan again.',
  },
  'scan.source-missing': {
    zh: '没有这个数据库或存储桶；未读取。请检查名称。',
    en: 'There is no such database or bucket; it was not read. Check its name.',
  },
  'scan.table-missing': {
    zh: '没有这张表，或该用户看不到它；未读取。请按 ?table=模式.表名 检查拼写与大小写。',
    en: 'There is no such table, or the user cannot see it; it was not read. Check spelling and case: ?table=schema.name.',
  },
  'scan.source-empty': {
    zh: '其中没有该用户可见的表或对象；未读取。请检查名称（?schema=）、前缀与权限。',
    en: 'It holds no table or object that the user can see; it was not read. Check name (?schema=), prefix and rights.',
  },
  'scan.source-timeout': {
    zh: '查询超过时限、等锁过久或被服务器取消；对未读到的内容不作结论。请在空闲时重试。',
    en: 'The query took longer than its limit, waited too long for a lock, or was cancelled on the server; nothing is said of what was not read. Scan again at a quieter time.',
  },
  'scan.source-broke-off': {
    zh: '连接在读取过程中断开；对未读到的内容不作结论。请重新扫描。',
    en: 'The connection broke off while it was being read; nothing is said of what was not read. Scan again.',
  },
  'scan.source-too-large': {
    zh: '数据来源的总量超过限额；对未读到的内容不作结论。请分次扫描（--shard），再合并人数。',
    en: 'The sources hold more than the limit; nothing is said of what was not read. Scan in parts (--shard) and merge the persons.',
  },
  'scan.source-failed': {
    zh: '数据来源报错，无法读取；对它不作结论。请查看该服务器的日志。',
    en: "The source answered with an error and could not be read; nothing is said of it. Look into that server's log.",
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
  'scan.glob-empty': {
    zh: '没有与之相符的文件：%。请检查模式，并给它加引号，例如 "data/**/*.csv"。',
    en: 'No file fits this pattern: %. Check it, and quote it, for example "data/**/*.csv".',
  },
  'scan.source-url': {
    zh: '不是可读取的数据来源地址：%。写作 postgresql://用户@主机/库?table=模式.表（或 ?schema=模式）、mysql://用户@主机/库?table=表、s3://桶/前缀；密码里的特殊字符须写成 %25 之类，密码最好用 --password-file 给出。',
    en: 'Not the address of a source that can be read: %. Write postgresql://user@host/db?table=schema.name (or ?schema=name), mysql://user@host/db?table=name, or s3://bucket/prefix; special signs in a password are written like %25, and a password is best given by --password-file.',
  },
  'scan.no-s3-key': {
    zh: '没有 S3 密钥，无法读取 %。请设置环境变量 AWS_ACCESS_KEY_ID 与 AWS_SECRET_ACCESS_KEY（以及 AWS_REGION，自建存储还要 AWS_ENDPOINT_URL）。',
    en: 'There is no S3 key to read % with. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_REGION; for a store of your own AWS_ENDPOINT_URL).',
  },
  'scan.s3-endpoint': {
    zh: 'AWS_ENDPOINT_URL 不是 http 或 https 地址，无法读取 %。',
    en: 'AWS_ENDPOINT_URL is no http or https address; % cannot be read.',
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
