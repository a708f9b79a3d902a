import { dossierCalls } from './dossier-call.ts'
import { individualCalls } from './individual-calls.ts'
import { Command, Option } from 'commander'
import type { Words } from '@tongguan/law'
import { softwareVersion } from '@tongguan/server/version'
import { databaseUrl } from './database-url.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { speak } from './usage.ts'

/** The commands of contracts.md. Each loads its own code when it runs, so that `--help` and `deadline` start at once. */
export function program(terminal: Terminal): { run(words: readonly string[]): Promise<ExitCode> } {
  let code: ExitCode = exitCode.done
  const text = (zh: string, en: string) => terminal.text({ zh, en })
  const languageOption = () =>
    new Option('--lang <zh|en>', text('输出语言', 'language of the output')).choices(['zh', 'en'])
  const root = speak(new Command('tongguan'), terminal)
    .description(
      text(
        '数据出境安全评估：扫描、判定、申报、办理、放行',
        'Security assessment of data exports: scan, determine, declare, decide, release',
      ),
    )
    .version(softwareVersion, '--version', text('显示版本', 'print the version'))
    .addOption(languageOption())
    .exitOverride()

  // A password does not belong on a command line, where other users of the machine read it.
  const databaseOption = () =>
    new Option(
      '--database <url>',
      text(
        '改用这个 PostgreSQL；可写 file:路径，或用环境变量 TONGGUAN_DATABASE',
        'use this PostgreSQL instead of the embedded database; file:PATH reads its URL from a file, as TONGGUAN_DATABASE may also say',
      ),
    )
      .env('TONGGUAN_DATABASE')
      .argParser(databaseUrl)
  const command = (name: string, description: Words, example: string): Command => {
    const made = root
      .command(name)
      .description(terminal.text(description))
      .option('--json', text('输出 JSON', 'print JSON'))
      .addOption(languageOption())
      .addHelpText('after', `\n${text('例如', 'Example')}:\n  ${example}`)
      .exitOverride()
    return made
  }
  // Each command's own function says what arguments and options it takes; commander hands them over unchecked.
  const does = (load: () => Promise<(terminal: Terminal, ...args: never[]) => Promise<ExitCode>>) => {
    return async (...args: unknown[]) => {
      const run = await load()
      // commander passes the command itself last; our functions take arguments and options only.
      code = await run(terminal, ...(args.slice(0, -1) as never[]))
    }
  }
  const onOption = [
    '--on <date>',
    text('按哪一天的规则与事实（YYYY-MM-DD）', 'by the law and facts of this day (YYYY-MM-DD)'),
  ] as const
  const trustOption = [
    '--trust <file>',
    text('信任文件，不取自被核验的内容', 'the trust file, never taken from what is verified'),
  ] as const

  const portText = text(
    '门户的端口（默认从 7420 起第一个空闲的）',
    'the port of the portal (default: the first free from 7420)',
  )

  root
    .command('start [path...]', { hidden: true })
    .option('--once')
    .option('--on <date>')
    .option('--facts <file>')
    .option('--case <folder>')
    .option('--port <number>')
    .addOption(languageOption())
    .exitOverride()
    .action(does(async () => (await import('./start.ts')).start))

  command(
    'demo [name]',
    { zh: '从头到尾跑一个示例案例', en: 'run a pilot case from end to end' },
    'npx tongguan demo hospital-amsterdam --once',
  )
    .option('--list', text('列出示例', 'list the pilot cases'))
    .option('--once', text('跑完即退出', 'exit at the end'))
    .option('--on <date>', text('放行所在的日期（默认 2026-11-23）', 'the day of the gate (default 2026-11-23)'))
    .option('--port <number>', portText)
    .option('--data <folder>', text('放在哪里（默认 .tongguan/pilot）', 'where it goes (default .tongguan/pilot)'))
    .action(does(async () => (await import('./demo.ts')).demo))

  command(
    'assess <path...>',
    { zh: '扫描并判定路径，先看一眼自己的数据', en: 'scan and determine in one step: a first look at your own data' },
    'npx tongguan assess ./data --facts facts.yaml',
  )
    .option('--facts <file>', text('事实文件（YAML）', 'the facts file (YAML)'))
    .option(
      '--case <folder>',
      text(
        '案件文件夹：answers.yaml 与 batches/；有它才继续到申报、办理与放行',
        'the case folder with answers.yaml and batches/: with it, on to dossier, case and gate',
      ),
    )
    .option(...onOption)
    .action(does(async () => (await import('./assess.ts')).assess))

  command(
    'scan <source...>',
    { zh: '找出数据里有什么、有多少人', en: 'find what the data hold and how many persons' },
    [
      'npx tongguan scan ./data --out evidence.json',
      'npx tongguan scan "data/**/*.csv" --out evidence.json',
      'npx tongguan scan "postgresql://reader@db.example/his?table=public.patient" --password-file pw --out evidence.json',
      'npx tongguan scan "mysql://reader@db.example/his?table=patient" --password-file pw --out evidence.json',
      'npx tongguan scan s3://bucket/2026/ --out evidence.json',
    ].join('\n  '),
  )
    .requiredOption('--out <file>', text('证据文件', 'where the evidence goes'))
    .option('--engine <url>', text('ClickHouse 集群地址（尚未提供）', 'a ClickHouse cluster (not there yet)'))
    .option(
      '--password-file <file>',
      text(
        '存有数据库密码的文件（也可用 PGPASSWORD、MYSQL_PWD）',
        'a file with the password of the database (or PGPASSWORD, MYSQL_PWD)',
      ),
    )
    .option('--key <file>', text('计数密钥文件（32 字节）', 'the counting key, a file of 32 bytes'))
    .option(
      '--keep-names',
      text('保留本身可识别个人的文件名与列名', 'keep file and column names that identify a person'),
    )
    .option(
      '--quasi <file:columns>',
      text(
        '指明某文件的准标识列，代替自动选择，如 visits.csv:sex,age（可重复）',
        'the quasi-identifiers of a file in place of our choice, as in visits.csv:sex,age (may be repeated)',
      ),
      (value: string, before: string[] = []) => [...before, value],
    )
    .option(
      '--sampling-fraction <share>',
      text(
        '数据占其总体的比例（大于 0、至多 1），用于估计总体唯一性',
        'share of the population the data are (above 0, at most 1): estimates who is unique in it',
      ),
    )
    .option('--report <file>', text('给人看的报告（.html 或 .xlsx）', 'a report for persons to read (.html or .xlsx)'))
    .option(
      '--not-sensitive <file>',
      text(
        '由具名人员认定不属敏感的列及理由（YAML）',
        'columns a named person holds not to be sensitive, with reasons (YAML)',
      ),
    )
    .option(...onOption)
    .option(
      '--shard <file>',
      text(
        '把带密钥的人员散列写入分片文件，供 merge 合并',
        'writes keyed hashes of the persons, to be added up by merge',
      ),
    )
    .action(does(async () => (await import('./scan.ts')).scanCommand))

  command(
    'merge <shard...>',
    { zh: '合并多次扫描的人数', en: 'the distinct persons of several scans' },
    'npx tongguan merge beijing.shard shanghai.shard',
  ).action(does(async () => (await import('./scan.ts')).mergeCommand))

  command(
    'determine <facts>',
    { zh: '适用哪条路径，为什么', en: 'the legal path, with its reasons' },
    'npx tongguan determine facts.yaml --on 2026-11-23',
  )
    .option(...onOption)
    .option(
      '--forecast <csv>',
      text('月度数据，预测何日达到各条线', 'a monthly series: foretells the day each line is reached'),
    )
    .option('--data <folder>', text('数据文件夹（已导入的清单）', 'the data folder: lists an office has loaded'))
    .action(does(async () => (await import('./determine.ts')).determineCommand))

  command(
    'law <action> [path]',
    {
      zh: '法律变动的影响（impact）、导入清单（import-list）、已知清单（lists）；其他法律问题另有命令',
      en: 'what a change of law does to past cases (impact), loading a list (import-list), the lists known (lists); other questions to the law have commands of their own',
    },
    [
      'npx tongguan law impact ./register --on 2024-03-22',
      'npx tongguan law import-list examples/lists/example-list.csv',
      'npx tongguan law lists',
      'npx tongguan deadline acceptance --from 2026-03-09',
      'npx tongguan procedure --from 2026-03-02',
      'npx tongguan penalties important-data-export --on 2026-11-23',
      'npx tongguan extension check extension.yaml --on 2026-11-23',
      'npx tongguan redeclaration compare permit.json scope.yaml',
      'npx tongguan classify sets.yaml --on 2026-11-23',
    ].join('\n  '),
  )
    .option('--on <date>', text('按哪一天的规则重新判定', 'judged again by the law of this day'))
    .option(
      '--was <date>',
      text('只有事实文件时的原判定日', 'the day of the past determinations, for files of facts alone'),
    )
    .option('--all', text('也列出没有变化的案件', 'list the cases that stay the same too'))
    .option('--data <folder>', text('数据文件夹（默认 .tongguan/data）', 'the data folder (default .tongguan/data)'))
    .action(does(async () => (await import('./law.ts')).lawCommand))

  command(
    'deadline <kind>',
    { zh: '一个法定期限，逐日列出算法', en: 'one statutory due date, with the working shown' },
    'npx tongguan deadline acceptance --from 2026-03-09',
  )
    .requiredOption('--from <date>', text('起算日（YYYY-MM-DD）', 'the day it starts from (YYYY-MM-DD)'))
    .action(does(async () => (await import('./deadline.ts')).deadlineCommand))

  command(
    'procedure',
    {
      zh: '评估程序的每一步：谁办、文书、期限、结果',
      en: 'each stage of the assessment: whose act, document, time, outcome',
    },
    'npx tongguan procedure --from 2026-03-02',
  )
    .option('--from <date>', text('提交申报之日，列出各步最迟日期', 'the day of submission: lists the latest dates'))
    .option(...onOption)
    .action(does(async () => (await import('./procedure.ts')).procedureCommand))

  command(
    'penalties <breach>',
    {
      zh: '一种违法行为在某日可能适用的罚则与幅度',
      en: 'what may be imposed for a breach on a day, as the texts range it',
    },
    'npx tongguan penalties important-data-export --on 2026-11-23',
  )
    .option('--on <date>', text('违法行为之日（YYYY-MM-DD）', 'the day of the breach (YYYY-MM-DD)'))
    .action(does(async () => (await import('./penalties.ts')).penaltiesCommand))

  command(
    'extension <action> <facts>',
    { zh: '能否申请延长评估结果有效期（check）', en: 'whether an extension of a result may be asked for (check)' },
    'npx tongguan extension check extension.yaml --on 2026-11-23',
  )
    .option(...onOption)
    .action(does(async () => (await import('./extension.ts')).extensionCommand))

  command(
    'redeclaration <action> <approved> <now>',
    {
      zh: '新旧范围相比，是否须重新申报（compare；旧的可以是许可文件）',
      en: 'whether a change must be declared again (compare; the approved side may be a permit)',
    },
    'npx tongguan redeclaration compare permit.json scope.yaml',
  )
    .addOption(
      new Option('--route <route>', text('原范围的途径', 'what the first scope was approved or filed by')).choices([
        'assessment',
        'standard-contract',
      ]),
    )
    .option(...onOption)
    .action(does(async () => (await import('./redeclaration.ts')).redeclarationCommand))

  command(
    'classify <facts>',
    {
      zh: '数据集属于敏感、重要、核心还是一般，及所属行业的数字',
      en: 'whether sets of data are sensitive, important, core or general, and the numbers of their trade',
    },
    'npx tongguan classify sets.yaml --on 2026-11-23',
  )
    .option(...onOption)
    .action(does(async () => (await import('./classify.ts')).classifyCommand))

  command(
    'dossier <action> [path] [other] [third]',
    {
      zh: '申报材料：init、build、check、diff、edits、contract、consent、sign、verify、clocks',
      en: 'the declaration: init, build, check, diff, edits, contract, consent, sign, verify, clocks',
    },
    'npx tongguan dossier build ./case --out ./dossier',
  )
    .addHelpText('after', `\n${Object.values(dossierCalls).join('\n')}`)
    .option(
      '--data <path>',
      text('要扫描或比对的数据；签名时为数据文件夹', 'the data to scan or compare; for keys, the data folder'),
    )
    .option('--facts <file>', text('事实文件', 'the facts file'))
    .option('--evidence <file>', text('扫描证据（init）', 'the evidence of a scan (init)'))
    .option('--out <path>', text('输出文件夹或文件', 'where the documents go'))
    .option('--templates <folder>', text('官方模板所在文件夹（build）', 'a folder of official files to fill (build)'))
    .option(
      '--lists <folder>',
      text(
        '机构导入的清单（build、check；默认 .tongguan/data/lists）',
        'lists an office has loaded (build, check; default .tongguan/data/lists)',
      ),
    )
    .option('--name <text>', text('数据处理者名称（init）', "the handler's name (init)"))
    .option('--credit-code <code>', text('统一社会信用代码（init）', 'the credit code (init)'))
    .option('--province <text>', text('所在省份（init）', 'the province (init)'))
    .option('--key <file>', text('签名密钥文件（sign）', 'the signing key (sign)'))
    .option('--suite <name>', text('签名算法 EdDSA 或 SM2（sign）', 'EdDSA or SM2 (sign)'))
    .option(
      '--accept <keys>',
      text('采纳的字段，逗号分隔，或 all（edits）', 'fields to accept, by commas, or all (edits)'),
    )
    .option(
      '--refuse <keys>',
      text(
        '拒绝的字段，逗号分隔，或 all；记入案件文件夹，不再询问（edits）',
        'fields to refuse, by commas, or all; kept in the case folder and not asked again (edits)',
      ),
    )
    .option(
      '--consent-version <text>',
      text('所签告知与同意文本的版本（consent add）', 'the version of the text that was signed (consent add)'),
    )
    .option('--allow-pilot', text('接受模拟签名（verify）', 'accept simulated signatures (verify)'))
    .option(...trustOption)
    .option(...onOption)
    .action(does(async () => (await import('./dossier.ts')).dossierCommand))

  command(
    'permit <action> [file]',
    {
      zh: '主管部门签发许可（export）与撤销清单（revocations）；闸口凭服务令牌从门户取得许可（fetch）；数据处理者两人转录书面通知（transcribe）',
      en: 'the authority signs a permit (export) and its revocation list (revocations); a gate gets its permit from the portal by its service token (fetch); two persons type one from a notice (transcribe)',
    },
    'npx tongguan permit transcribe draft.json --notice notice.pdf --as zhang.pem --out permit.json',
  )
    .option('--notice <scan>', text('通知的扫描件', 'the scan of the notice'))
    .option('--as <key>', text('签名人的私钥文件', "the signer's private key file"))
    .option('--revoke <id>', text('revocations：撤销的许可编号', 'revocations: the permit to revoke'))
    .option('--because <why>', text('revocations：原因', 'revocations: why'))
    .option('--from <address>', text('fetch：门户地址', "fetch: the portal's address"))
    .option('--token <file>', text('fetch：服务令牌文件', 'fetch: the file of the service token'))
    .option(
      '--list-seconds <online,file>',
      text(
        'export：撤销清单最长可用秒数，在线与文件（默认 60,86400）',
        'export: seconds a revocation list may be old, online and by file (default 60,86400)',
      ),
    )
    .option(
      '--hours <number>',
      text('revocations：几小时内更新（默认 24）', 'revocations: hours to the next update (default 24)'),
    )
    .option(...onOption)
    .option('--out <file>', text('签名后的许可', 'where the signed permit goes'))
    .option('--data <folder>', text('数据文件夹', 'the data folder'))
    .option(...trustOption)
    .action(does(async () => (await import('./permit.ts')).permitCommand))

  command(
    'gate <action> [batch]',
    {
      zh: '按许可检查一个批次并放行或扣留（release、dry-run、approve、receipt、stop、status），列出待办（watch：规模、期限、变化、终止决定），按规则处理（transform，查对照表 resolve，建议规则 propose-recipe），或登记无须评估的出境依据（basis）',
      en: 'hold a batch against a permit and release or hold it (release, dry-run, approve, receipt, stop, status), list what is to be seen to (watch: ceilings, last days, drift, stop orders), treat it by a recipe (transform; resolve looks up pseudonyms, propose-recipe writes a recipe to begin from), or state what exports without an assessment rest on (basis)',
    },
    'npx tongguan gate release ./batch-1 --permit permit.json --to ./outbox --pilot',
  )
    .option('--permit <file>', text('许可文件', 'the permit'))
    .option('--to <folder>', text('放行到的文件夹', 'the folder released into'))
    .option(
      '--scenario <id>',
      text('场景编号（许可只有一个场景时可省）', 'the scenario (may be left out when the permit has one)'),
    )
    .option(
      '--data <folder>',
      text(
        '数据文件夹（账本与密钥，默认 .tongguan/data）',
        'the data folder: ledger and keys (default .tongguan/data)',
      ),
    )
    .option(...trustOption)
    .option(
      '--consents <file>',
      text(
        '单独同意登记（默认用数据文件夹中的 consents.ndjson，如有）',
        'the register of separate consents (default: consents.ndjson of the data folder, where there is one)',
      ),
    )
    .option(
      '--revocations <file>',
      text(
        '主管部门签名的撤销清单：文件或网址（默认取自数据文件夹）',
        "the authority's signed revocation list, a file or an address (default in the data folder)",
      ),
    )
    .option('--recipient <name>', text('境外接收方（场景有多个时）', 'the recipient, where the scenario has several'))
    .option(
      '--as <key>',
      text('approve、stop、basis：本人的私钥文件', "approve, stop, basis: the person's private key file"),
    )
    .option('--facts <file>', text('出境事实（basis，及按其放行）', 'the export facts (basis, and releases under one)'))
    .option(
      '--out <file>',
      text(
        'basis：签署后的依据；propose-recipe：建议的规则',
        'basis: where the signed basis goes; propose-recipe: the recipe',
      ),
    )
    .option('--because <why>', text('stop：原因', 'stop: why'))
    .option(
      '--strict',
      text(
        'release、dry-run：由解析值重建每个文件；不能重建的扣留',
        'release, dry-run: write each file anew from its parsed values; hold what cannot be',
      ),
    )
    .option(
      '--recipe <file>',
      text(
        'transform、release、dry-run：处理规则（每列如何处理）',
        'transform, release, dry-run: the recipe, what is done to each column',
      ),
    )
    .option(
      '--preview',
      text('transform：只显示前几行与每列计数', 'transform: only show the first rows and counts per column'),
    )
    .option(
      '--escrow <folder>',
      text('假名对照表所在的境内文件夹', 'a folder in China for the tables that lead back from pseudonyms'),
    )
    .option(
      '--passphrase <file>',
      text('第二保管人的口令文件，用于对照表', "the second custodian's passphrase file, for the tables of pseudonyms"),
    )
    .option('--code <code...>', text('resolve：要查的假名', 'resolve: the pseudonyms to look up'))
    .option('--sealed', text('release：加密放行，密钥后放', 'release: sealed; the container first, its key last'))
    .option(
      '--read-back',
      text(
        '--sealed：接收方只收文件时，以回读代替回执',
        '--sealed: read the container back instead of waiting for a receipt',
      ),
    )
    .option(
      '--receipt <file>',
      text('receipt：接收方签名的回执', "receipt: what the recipient's verify --receipt wrote"),
    )
    .option('--pilot', text('用生成的模拟密钥签名并标记', 'sign with generated keys, marked as a simulation'))
    .option(...onOption)
    .action(does(async () => (await import('./gate.ts')).gateCommand))

  command(
    'incident <facts>',
    {
      zh: '数据安全事件：由放行清单得出涉及的人数与数据，并起草各方的报告与通知',
      en: 'a security incident: whom and what it concerns by the manifests, and a draft for everybody to be told',
    },
    'npx tongguan incident incident.yaml --out ./incident-1',
  )
    .option('--out <folder>', text('写入草稿的新文件夹', 'a new folder for the drafts'))
    .option('--data <folder>', text('数据文件夹', 'the data folder'))
    .action(does(async () => (await import('./incident.ts')).incidentCommand))

  command(
    'verify <release>',
    { zh: '境外接收方离线核验一次放行', en: "the overseas recipient's check, offline" },
    'npx tongguan verify ./outbox/batch-1 --trust trust.json --allow-pilot',
  )
    .option(...trustOption)
    .option('--allow-pilot', text('接受模拟签名', 'accept simulated signatures'))
    .option(
      '--identity <key>',
      text('接收方的密钥文件，用于打开加密容器', "the recipient's key file, to open a sealed release"),
    )
    .option('--open <folder>', text('解密到这个新文件夹', 'a new folder the opened files go into'))
    .option('--receipt <out>', text('写出签名的回执', 'where the signed receipt goes'))
    .action(does(async () => (await import('./verify.ts')).verifyCommand))

  command(
    'case <action> [what]',
    {
      zh: '案件：收件立案（receive）、查看（show）、以开放文件导出与导入（export、import）',
      en: 'cases: open one from what arrived (receive), show, export and import as open files',
    },
    'npx tongguan case receive bundle.zip --province 北京市 --trust filers.json',
  )
    .option('--province <name>', text('receive：收件的省份', 'receive: the province of this desk'))
    .option('--received <date>', text('receive：收到之日（默认今天）', 'receive: the day it arrived (default today)'))
    .option(
      '--form <file>',
      text(
        'receive：录入的申报表（纸质、光盘、门户压缩包、PDF、OFD）',
        'receive: the form as keyed (paper, disc, portal zip, PDF, OFD)',
      ),
    )
    .option(
      '--channel <name>',
      text('receive：portal-zip、pdf、ofd、paper 或 disc', 'receive: portal-zip, pdf, ofd, paper or disc'),
    )
    .option('--officer <name>', text('receive：录入人', 'receive: who keyed it'))
    .option('--allow-pilot', text('receive：接受模拟密钥', 'receive: accept a simulated key'))
    .option('--to <folder>', text('export：新文件夹', 'export: a new folder'))
    .option(...trustOption)
    .option('--data <folder>', text('数据文件夹', 'the data folder'))
    .addOption(databaseOption())
    .action(does(async () => (await import('./case.ts')).caseCommand))

  command(
    'grants <action> <file>',
    {
      zh: '启用通关之前的评估结果与备案：期初数由两人签名（sign）并记入账本（import）',
      en: 'what was granted before Tongguan: an opening balance, signed by two persons (sign), entered in the ledger (import)',
    },
    'npx tongguan grants sign balance.yaml --source notice.pdf --as zhang.pem --out balance.json\n  npx tongguan grants import balance.json --permit permit.json',
  )
    .option('--source <file>', text('sign：纸质结果或备案的扫描件', 'sign: the scan of the paper result or filing'))
    .option(
      '--as <key>',
      text('sign：本人的私钥文件（角色 approver）', "sign: the person's private key (role approver)"),
    )
    .option('--out <file>', text('sign：签名后的文件', 'sign: where the signed file goes'))
    .option(
      '--permit <file>',
      text('import：转录的许可（备案没有）', 'import: the transcribed permit (a filing has none)'),
    )
    .option('--data <folder>', text('数据文件夹（默认 .tongguan/data）', 'the data folder (default .tongguan/data)'))
    .option(...trustOption)
    .option(...onOption)
    .action(does(async () => (await import('./grants.ts')).grantsCommand))

  command(
    'keys <action> [key]',
    {
      zh: '签名密钥（create、show、rotate、revoke）与计数根密钥（seal、unseal、escrow、destroy、rotate-counting）',
      en: 'signing keys (create, show, rotate, revoke) and the root of the counting keys (seal, unseal, escrow, destroy, rotate-counting)',
    },
    'npx tongguan keys create --role approver --name 张三 --out zhang.pem',
  )
    .option(
      '--role <role>',
      text(
        'create：闸口以外的角色（approver、transcriber、witness、recipient、basis）',
        'create: a role other than the gate (approver, transcriber, witness, recipient, basis)',
      ),
    )
    .option('--name <name>', text('create --role、--dossier：持有人', 'create --role, --dossier: whose key it is'))
    .option(
      '--out <file>',
      text(
        'create --role：私钥文件；unseal：放到别处（如内存盘）；escrow：份额文件夹',
        'create --role: the private key file; unseal: a file elsewhere (in memory); escrow: the folder of shares',
      ),
    )
    .option(...trustOption)
    .option('--data <folder>', text('数据文件夹', 'the data folder'))
    .option('--pilot', text('模拟密钥', 'a simulated key'))
    .option('--dossier', text('签署申报包的密钥', 'a key that signs dossiers'))
    .option(...onOption)
    .option(
      '--passphrase <file...>',
      text('seal、unseal：口令文件，每人一个', 'seal, unseal: a file with a passphrase, one a person'),
    )
    .option('--share <file...>', text('unseal：托管份额文件', 'unseal: files with escrow shares'))
    .option('--need <n>', text('escrow：恢复所需份数（默认 3）', 'escrow: shares that bring it back (default 3)'))
    .option('--of <n>', text('escrow：总份数（默认 5）', 'escrow: shares in all (default 5)'))
    .option('--preview', text('seal 等：只列出将要做什么', 'seal and others: only say what would be done'))
    .option('--suite <name>', text('EdDSA（默认）或 SM2', 'EdDSA (default) or SM2'))
    .action(does(async () => (await import('./keys.ts')).keysCommand))

  command(
    'trust <action> [file]',
    {
      zh: '信任文件：密钥（add、show）与须联署的见证方数（quorum）',
      en: 'the trust file: keys (add, show) and how many witnesses must cosign (quorum)',
    },
    'npx tongguan trust quorum 2 --data ./tongguan-data',
  )
    .option('--address <name=url...>', text('quorum：见证方的地址', 'quorum: addresses of witnesses'))
    .option('--data <folder>', text('数据文件夹', 'the data folder'))
    .option(...trustOption)
    .action(does(async () => (await import('./keys.ts')).trustCommand))

  command(
    'init',
    {
      zh: '正式启用：密钥、信任文件、数据库与首位管理员',
      en: 'the first real set-up: keys, trust file, database and first administrator',
    },
    'npx tongguan init --role handler --name 某医院 --credit-code 12110000EXAMP1E097 --administrator 张三 --email zhang@hospital.example --preview',
  )
    .addOption(
      new Option('--role <role>', text('本系统是谁的', 'whose installation it is')).choices([
        'handler',
        'authority',
        'exchange',
        'witness',
      ]),
    )
    .option('--name <name>', text('机构名称', 'the name of the organisation'))
    .option('--credit-code <code>', text('统一社会信用代码（handler）', 'its unified social credit code (handler)'))
    .option(
      '--province <name>',
      text('所在省份（authority；不写即国家网信部门）', 'its province (authority; left out: the national office)'),
    )
    .option('--administrator <name>', text('首位管理员的姓名', "the first administrator's name"))
    .option('--email <address>', text('首位管理员的邮箱', "the first administrator's e-mail address"))
    .option('--data <folder>', text('数据文件夹（默认 .tongguan/data）', 'the data folder (default .tongguan/data)'))
    .option(
      '--port <number>',
      text('门户的端口（默认 7420），写入邀请链接', 'the port of the portal (default 7420), for the link'),
    )
    .option(
      '--origin <url>',
      text('经反向代理公开的 https 地址，写入邀请链接', 'the https address behind a reverse proxy, for the link'),
    )
    .option('--smtp <url>', text('发送提醒邮件的 SMTP 服务器', 'the SMTP server reminders are sent through'))
    .option('--mail-from <address>', text('邮件的发件地址', 'the address mail is sent from'))
    .option('--preview', text('只列出将要建立什么', 'only list what would be made'))
    .action(does(async () => (await import('./init.ts')).initCommand))

  command(
    'enquiry <action> [text]',
    {
      zh: '咨询台：note、list、similar、call-backs、numbers、figures、rebuild',
      en: 'the enquiry desk: note, list, similar, call-backs, numbers, figures, rebuild',
    },
    [
      'npx tongguan enquiry note "向荷兰大学提供患者数据，要申报吗" --office 北京市 --topic which-path --facts examples/hospital-amsterdam/facts.yaml',
      'npx tongguan enquiry similar "患者数据出境" --office 北京市',
      'npx tongguan enquiry call-backs --office 北京市 --on 2027-01-01',
      'npx tongguan enquiry figures --office 北京市 --from 2026-01-01 --out figures.xlsx',
    ].join('\n  '),
  )
    .option('--office <province>', text('办公室所在地，例如 北京市', 'the office, by its province, such as 北京市'))
    .option(...onOption)
    .option('--from <date>', text('统计期间的首日', 'the first day of the figures'))
    .option('--facts <file>', text('所述事实（YAML）', 'the facts told (YAML)'))
    .option('--topic <code>', text('主题', 'the topic'))
    .option('--organisation <name>', text('机构名称', 'the organisation that asks'))
    .option('--credit-code <code>', text('统一社会信用代码', 'its unified social credit code'))
    .option('--answer <text>', text('答复', 'the answer given'))
    .option(
      '--cite <article...>',
      text('依据的条款，例如 provisions-2024:7', 'what it rests on, such as provisions-2024:7'),
    )
    .option('--officer <name>', text('经办人', 'who took the note'))
    .option('--out <file>', text('写入 .xlsx 或 .csv', 'where the figures go: .xlsx or .csv'))
    .option('--data <folder>', text('数据文件夹', 'the data folder'))
    .addOption(databaseOption())
    .action(does(async () => (await import('./enquiry.ts')).enquiryCommand))

  command(
    'serve',
    { zh: '门户与接口，只在本机地址上', en: 'the portal and the API, on the loopback address' },
    [
      'npx tongguan serve --data ./tongguan-data --port 7420',
      'npx tongguan serve --data ./tongguan-data --origin https://export.hospital.example',
    ].join('\n  '),
  )
    .addOption(
      new Option('--role <role>', text('为哪一方的用户服务', 'which users it serves')).choices([
        'handler',
        'authority',
        'both',
      ]),
    )
    .option('--port <number>', portText)
    .option(
      '--origin <url>',
      text(
        '经本机反向代理公开的 https 地址',
        'the https address people reach it at, through a reverse proxy on this machine',
      ),
    )
    .addOption(
      new Option(
        '--second-factor <how>',
        text(
          'required：没有第二因素的人只能先添加一个（等保三级要求）；asked：只提醒',
          'required: who has no second factor may only add one (level 3 of GB/T 22239 asks for it); asked: they are reminded',
        ),
      ).choices(['asked', 'required']),
    )
    .option(
      '--log-requests',
      text('每个请求向标准错误写一行 JSON', 'write a line of JSON about each request to standard error'),
    )
    .option('--data <folder>', text('数据文件夹（默认 .tongguan/data）', 'the data folder (default .tongguan/data)'))
    .addOption(databaseOption())
    .option('--on <date>', text('给定的日期，代替今天', 'a stated day instead of today'))
    .option('--smtp <url>', text('用这个 SMTP 服务器发送提醒邮件', 'send reminders by e-mail through this SMTP server'))
    .option(
      '--authority-key <file>',
      text('签署许可与撤销清单的私钥', 'the private key that signs permits and the revocation list'),
    )
    .option('--mail-from <address>', text('邮件的发件地址', 'the address mail is sent from'))
    .action(does(async () => (await import('./serve.ts')).serveCommand))

  command(
    'log <action> <folder>',
    {
      zh: '证明日志只被追加过（verify），作为见证方联署（witness），或收下联署（cosigned）',
      en: 'prove that a log was only appended to (verify), cosign it as a witness (witness), take in what a witness cosigned (cosigned)',
    },
    'npx tongguan log verify ./log --against yesterday.checkpoint --trust trust.json',
  )
    .option('--against <checkpoint>', text('此前保存的检查点', 'a checkpoint kept from earlier'))
    .option('--policy <file>', text('策略文件：日志、见证方与法定数', 'a policy file: logs, witnesses and quorum'))
    .option('--as <key>', text('witness：见证方的私钥文件', "witness: the witness's private key file"))
    .option('--memory <folder>', text('witness：见证方自己的文件夹', 'witness: a folder of its own'))
    .option('--out <file>', text('witness：联署后的检查点', 'witness: where the cosigned checkpoint goes'))
    .option('--data <folder>', text('cosigned：日志所属的数据文件夹', 'cosigned: the data folder whose log it is'))
    .option(...trustOption)
    .action(does(async () => (await import('./log.ts')).logCommand))

  const dataOption = [
    '--data <folder>',
    text('数据文件夹（默认 .tongguan/data）', 'the data folder (default .tongguan/data)'),
  ] as const

  command(
    'individuals <action> [what] [more]',
    {
      zh: '个人的请求与撤回同意：register、answer、list、drop、notify、match、confirm、confirmed、proof',
      en: 'what individuals ask: register, answer, list, drop, notify, match, confirm, confirmed, proof',
    },
    'npx tongguan individuals register person.csv --kind deletion',
  )
    .addHelpText('after', `\n${Object.values(individualCalls).join('\n')}`)
    .option(
      '--kind <kind>',
      text(
        'register：请求的种类',
        'register: access, copy, portability, correction, deletion, objection, consent-withdrawal or explanation',
      ),
    )
    .option('--met', text('answer：已办理', 'answer: what was asked was done'))
    .option('--refuse <why>', text('answer：拒绝及理由', 'answer: refused, and why'))
    .option('--recipient <name>', text('notify：境外接收方', 'notify: the overseas recipient'))
    .option('--key <file>', text('match：通知的密钥', 'match: the key of the notice'))
    .option('--as <key>', text('confirm：接收方的私钥文件', "confirm: the recipient's private key file"))
    .option('--outcome <outcome>', text('confirm：done（已办理）或 not-held（未持有）', 'confirm: done or not-held'))
    .option('--out <path>', text('写出的文件或文件夹', 'where the file or folder goes'))
    .option(
      '--register <file>',
      text('登记（默认数据文件夹的 consents.ndjson）', 'the register (default: consents.ndjson of the data folder)'),
    )
    .option(...dataOption)
    .option(...trustOption)
    .option(...onOption)
    .action(does(async () => (await import('./individuals.ts')).individualsCommand))

  command(
    'doctor',
    { zh: '检查运行环境与数据，逐条说明', en: 'look at the installation and explain each finding' },
    'npx tongguan doctor --data ./tongguan-data',
  )
    .option(...dataOption)
    .addOption(databaseOption())
    .action(does(async () => (await import('./doctor.ts')).doctorCommand))

  command(
    'migrate',
    { zh: '把数据库的表升级到本软件的版本', en: 'bring the tables of the database up to this software' },
    'npx tongguan migrate --data ./tongguan-data --preview',
  )
    .option('--preview', text('只列出将要做什么', 'only list what would be done'))
    .option(...dataOption)
    .addOption(databaseOption())
    .action(does(async () => (await import('./migrate.ts')).migrateCommand))

  command(
    'backup',
    { zh: '把数据库与数据文件夹备份到一个新文件夹', en: 'database and data folder into one new folder' },
    'npx tongguan backup --data ./tongguan-data --out ./tongguan-backup',
  )
    .requiredOption('--out <folder>', text('备份所在的新文件夹', 'the new folder of the backup'))
    .option('--with-keys', text('连同私钥与口令', 'with private keys and secrets'))
    .option(...dataOption)
    .addOption(databaseOption())
    .action(does(async () => (await import('./backup.ts')).backupCommand))

  command(
    'restore <backup>',
    { zh: '核对备份并恢复到空的数据文件夹', en: 'verify a backup and restore it into an empty data folder' },
    'npx tongguan restore ./tongguan-backup --data ./tongguan-data',
  )
    .option('--preview', text('只核对备份', 'only verify the backup'))
    .option('--keys <folder>', text('另行保管的密钥文件夹', 'a folder of keys kept apart from the backup'))
    .option(...dataOption)
    .addOption(databaseOption())
    .action(does(async () => (await import('./restore.ts')).restoreCommand))

  const exampleFile = (file: string) => `\n${text('文件', 'The file')}:\n${file.replaceAll(/^/gm, '  ')}`
  // What can be asked is a list of the law's; it is loaded only for the command that shows it.
  const addLists = async (name: string | undefined) => {
    const lists = {
      deadline: async () => (await import('./deadline.ts')).deadlineKindsHelp(terminal),
      penalties: async () => (await import('./penalties.ts')).breachesHelp(terminal),
      extension: async () => exampleFile((await import('@tongguan/server/contract/extension')).extensionExample),
      classify: async () =>
        exampleFile((await import('@tongguan/server/contract/classification')).classificationExample),
      grants: async () =>
        exampleFile((await import('@tongguan/server/contract/opening-balance')).openingBalanceExample),
      redeclaration: async () => exampleFile((await import('@tongguan/server/contract/scope')).scopeExample),
    } as const
    const list = name !== undefined && name in lists ? lists[name as keyof typeof lists] : undefined
    if (list) root.commands.find((made) => made.name() === name)?.addHelpText('after', await list())
  }

  return {
    async run(words) {
      await addLists(words[0])
      await root.parseAsync([...words], { from: 'user' })
      return code
    },
  }
}
