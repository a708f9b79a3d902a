import type { Words } from '@tongguan/law'

/** What can stand in the way of a request, by its stable code: the status and the words. `{name}` is filled in. */
export const problems = {
  'request.not-json': {
    status: 400,
    zh: '请求正文不是 JSON。请以 UTF-8 编码的 JSON 重新发送。',
    en: 'The body is not JSON. Send JSON in UTF-8.',
  },
  'request.wrong-media-type': {
    status: 415,
    zh: '请求正文的类型应为 application/json。',
    en: 'The body must be application/json.',
  },
  'request.too-large': {
    status: 413,
    zh: '请求正文超过 {limit} 字节的上限。',
    en: 'The body is over the limit of {limit} bytes.',
  },
  'request.does-not-fit': {
    status: 422,
    zh: '内容不符合要求：{fields}。请更正后再提交。',
    en: 'Something does not fit: {fields}. Correct it and send it again.',
  },
  'request.not-text': {
    status: 422,
    zh: '请求中有不是文字的字符（U+0000 等），无法保存。请删去后再提交。',
    en: 'The request holds a character that is no text (U+0000 or the like) and cannot be kept. Take it out and send it again.',
  },
  'enquiry.too-many': {
    status: 429,
    zh: '从这个网络地址提交的咨询过多。请一小时后再试，或者打电话咨询。',
    en: 'Too many enquiries came from this network address. Try again in an hour, or telephone.',
  },
  'request.unknown-route': {
    status: 404,
    zh: '没有这个地址：{method} {path}。所有地址见 /openapi.json。',
    en: 'There is no {method} {path}. /openapi.json lists what there is.',
  },
  'request.other-site': {
    status: 403,
    zh: '请求不是从本站页面发出的，已拒绝。请从本站页面操作。',
    en: 'The request did not come from this site and was refused. Use the pages of this site.',
  },
  'request.unknown-host': {
    status: 403,
    zh: '本站不以“{host}”这个地址提供服务。请使用启动时显示的地址。',
    en: 'This site is not served as "{host}". Use the address printed when it started.',
  },
  'request.idempotency-key': {
    status: 400,
    zh: '缺少 Idempotency-Key，或者格式不对（8 至 128 个字母、数字、- 或 _）。每做一件事生成一个新的。',
    en: 'Idempotency-Key is missing or malformed (8 to 128 letters, digits, - or _). Make a new one for each thing to do.',
  },
  'request.if-match-missing': {
    status: 428,
    zh: '缺少 If-Match。请先读取案件，再带上它的 ETag 提交。',
    en: 'If-Match is missing. Read the case first and send its ETag.',
  },
  'request.if-match-malformed': {
    status: 400,
    zh: 'If-Match 应为案件的 ETag，例如 "3"。',
    en: 'If-Match must be the ETag of the case, such as "3".',
  },
  'request.key-used': {
    status: 422,
    zh: '这个 Idempotency-Key 已用于另一请求。请为这件事生成新的。',
    en: 'This Idempotency-Key was used for another request. Make a new one for this.',
  },
  'request.day-in-future': {
    status: 422,
    zh: '日期 {day} 晚于今天（{today}）。请填写已经发生的日期。',
    en: 'The day {day} lies after today, {today}. Give the day it happened.',
  },
  'filing.other-province': {
    status: 403,
    zh: '材料属于{province}，不是您所在的省份（{own}）。请转给该省的网信部门。',
    en: 'It belongs to {province}, not to your province ({own}). Pass it on to the office there.',
  },
  'preparation.not-found': {
    status: 404,
    zh: '没有这份编制中的申报：{preparation}，或者它不属于贵单位。',
    en: 'There is no declaration in preparation {preparation}, or it is not your organisation’s.',
  },
  'preparation.stale': {
    status: 412,
    zh: '在您打开之后已有人修改。先合并再保存。',
    en: 'Somebody has changed it since you opened it. Merge first, then save.',
  },
  'preparation.nowhere': {
    status: 422,
    zh: '这份申报里没有“{path}”这一处。请重新读取后再改。',
    en: 'There is no place {path} in this declaration. Read it anew and change it then.',
  },
  'preparation.file': {
    status: 422,
    zh: '文件不能用：{reason}',
    en: 'The file cannot be used: {reason}',
  },
  'preparation.no-file': {
    status: 404,
    zh: '这份申报没有这个文件：{file}。',
    en: 'This declaration has no file {file}.',
  },
  'preparation.not-ready': {
    status: 409,
    zh: '还不能生成申报包：预检还有 {count} 处错误，第一处在 {where}：{reason}',
    en: 'The bundle cannot be written yet: the check still finds {count} errors, the first at {where}: {reason}',
  },
  'preparation.bundle': {
    status: 422,
    zh: '没有提交：{reason}',
    en: 'It was not filed: {reason}',
  },
  'preparation.filed-already': {
    status: 409,
    zh: '这个申报包已经提交过。要再次提交，请先重新生成。',
    en: 'This bundle was filed already. To file again, write a new one first.',
  },
  'preparation.no-trust': {
    status: 409,
    zh: '本系统还没有相信任何申报签名密钥（数据文件夹中的 dossier-trust.json）。请运维人员把签名人的公钥加入。',
    en: 'No key that signs declarations is believed here yet (dossier-trust.json in the data folder). Ask the operator to add the signer’s public key.',
  },
  'upload.not-found': {
    status: 404,
    zh: '没有这次上传：{upload}，或者它不是您的。请重新选择文件上传。',
    en: 'There is no upload {upload}, or it is not yours. Choose the file and upload it again.',
  },
  'upload.too-large': {
    status: 413,
    zh: '文件有 {bytes} 字节，超过 {limit} 字节的上限。请压缩扫描件，或者拆成几个文件。',
    en: 'The file has {bytes} bytes, more than the limit of {limit}. Scan it smaller, or divide it.',
  },
  'upload.no-offset': {
    status: 400,
    zh: '缺少 Upload-Offset，或者它不是数字。',
    en: 'Upload-Offset is missing or is no number.',
  },
  'upload.offset': {
    status: 409,
    zh: '已收到 {received} 字节，请从这里继续。',
    en: '{received} bytes are there; go on from there.',
  },
  'upload.too-much': {
    status: 422,
    zh: '这一段超出了开始上传时所说的 {bytes} 字节。请重新上传。',
    en: 'This part goes beyond the {bytes} bytes the upload was begun with. Upload it again.',
  },
  'upload.not-whole': {
    status: 409,
    zh: '文件还没有传完：{bytes} 字节中收到 {received}。请先传完。',
    en: 'The file is not there yet: {received} of {bytes} bytes. Finish the upload first.',
  },
  'permit.none': {
    status: 409,
    zh: '案件 {case} 没有正在生效的评估结果，因此没有许可。',
    en: 'No result of case {case} is in force, so there is no permit.',
  },
  'letter.none': { status: 409, zh: '案件 {case} 还没有评估结果。', en: 'Case {case} has no result yet.' },
  'authority.no-key': {
    status: 409,
    zh: '本系统没有主管部门的签名密钥。请以 --authority-key 启动。',
    en: "This installation has no authority's signing key. Start it with --authority-key.",
  },
  'draft.own-signature': {
    status: 409,
    zh: '拟稿人不能会签自己的拟稿。请由另一人会签。',
    en: 'Whoever drafted it does not countersign it. Another person must.',
  },
  'opinion.conflict': {
    status: 409,
    zh: '此人与当事方（{parties}）有利害关系，不能邀请。请另请他人。',
    en: 'That person has an interest in a party ({parties}) and cannot be invited. Ask somebody else.',
  },
  'opinion.invited': { status: 409, zh: '已经邀请过此人。', en: 'That person was invited already.' },
  'opinion.not-invited': {
    status: 409,
    zh: '您没有受邀对本案出具意见，或者已经回避。',
    en: 'You were not invited to give an opinion on this case, or have withdrawn from it.',
  },
  'opinion.given': {
    status: 409,
    zh: '您已经出具过意见，不能更改。',
    en: 'You have given your opinion; it stays as it is.',
  },
  'opinion.sealed': {
    status: 409,
    zh: '意见尚未收齐，不能汇总，也不能查看。',
    en: 'Not all opinions are in; until then they are sealed and cannot be consolidated.',
  },
  'opinion.not-lead': {
    status: 409,
    zh: '只有本案承办人可以汇总意见。请先领取案件。',
    en: 'Only the officer who has the case consolidates the opinions. Take the case first.',
  },
  'opinion.items': {
    status: 422,
    zh: '第八条的每一项应各写一次：{items}。',
    en: 'Each item of article 8 is said once; amiss are: {items}.',
  },
  'opinion.no-declaration': {
    status: 409,
    zh: '案件 {case} 不是申报，不组织评估意见。',
    en: 'Case {case} is no declaration; no opinions are asked for.',
  },
  'desk.closed': {
    status: 409,
    zh: '案件 {case} 已办结，不能分配。',
    en: 'Case {case} is closed; it cannot be assigned.',
  },
  'desk.taken': {
    status: 409,
    zh: '案件 {case} 的承办人在您查看之后已有变化。请刷新后再决定。',
    en: 'Somebody else has case {case} since you looked. Look again, then decide.',
  },
  'desk.anothers': {
    status: 409,
    zh: '案件 {case} 由同事承办，须由其本人移交，或者由监督人员改派。',
    en: 'Case {case} is a colleague’s; they hand it over themselves, or the supervisor assigns it to another.',
  },
  'desk.no-reason': {
    status: 422,
    zh: '监督人员改派案件 {case} 须写明理由。',
    en: 'A supervisor who assigns case {case} says why.',
  },
  'desk.absence-not-yours': {
    status: 403,
    zh: '缺勤由本人登记，或者由本机构监督人员登记。',
    en: 'An absence is written down by the officer, or by the supervisor of the office.',
  },
  'sight.not-yours-to-give': {
    status: 403,
    zh: '只有案件 {case} 的承办人或者监督人员可以让他人查看。',
    en: 'Only the officer who has case {case}, or a supervisor, lets others read it.',
  },
  'desk.away': {
    status: 409,
    zh: '这位人员今天不在岗，案件 {case} 没有分配。请另选一人。',
    en: 'That officer is away today; case {case} was not assigned. Choose another.',
  },
  'desk.no-such-officer': {
    status: 422,
    zh: '您的机构没有人员 {officer}。',
    en: 'There is no officer {officer} in your office.',
  },
  'desk.absence-backwards': {
    status: 422,
    zh: '缺勤的末日 {last} 早于首日 {first}。请更正。',
    en: 'The absence ends on {last}, before it begins on {first}. Correct it.',
  },
  'calendar.not-found': {
    status: 404,
    zh: '没有这个日历地址，或者它已经更换。',
    en: 'There is no such calendar, or its address was changed.',
  },
  'request.cursor': {
    status: 422,
    zh: '游标无效。请从第一页重新开始。',
    en: 'The cursor is not one of ours. Start again from the first page.',
  },
  'session.none': {
    status: 401,
    zh: '尚未登录，或者登录已过期。请重新登录；已填写的内容可以原样再次提交。',
    en: 'Not signed in, or the session has ended. Sign in again; what was filled in can be sent again as it is.',
  },
  'sign-in.failed': {
    status: 401,
    zh: '电子邮箱或者密码不正确。',
    en: 'The e-mail address or the password is not right.',
  },
  'session.second-factor-needed': {
    status: 403,
    zh: '本系统要求双因素登录。请先在“我的账户”添加验证器或通行密钥，然后继续。',
    en: 'Here a second factor is required. Add an authenticator or a passkey under "My account" first, then go on.',
  },
  'session.step-up': {
    status: 401,
    zh: '签署、放行与变更权限之前，请再次验证您的身份。',
    en: 'Prove again who you are before you sign, release or change who may.',
  },
  'session.step-up-failed': {
    status: 403,
    zh: '未能验证您的身份，操作没有进行。',
    en: 'That did not prove who you are; nothing was done.',
  },
  'sign-in.code-failed': {
    status: 401,
    zh: '验证码不正确、已用过，或者已超过时间。请再试一次；反复不成功时请核对手机的时间，或者重新登录。',
    en: 'The code is not right, was used already, or came too late. Try again; if it keeps failing, check the time of your phone, or sign in anew.',
  },
  'sign-in.passkey-failed': {
    status: 401,
    zh: '通行密钥未被接受。请再试一次，或者用密码登录。',
    en: 'The passkey was not accepted. Try again, or sign in with the password.',
  },
  'sign-in.too-many': {
    status: 429,
    zh: '尝试次数过多，请在 {seconds} 秒后再试。',
    en: 'Too many tries. Try again in {seconds} seconds.',
  },
  'sign-in.not-here': {
    status: 403,
    zh: '本系统不为这类用户提供服务。请登录您所在机构的系统。',
    en: 'This installation does not serve users of that kind. Sign in at your own organisation.',
  },
  'single-sign-on.none': {
    status: 404,
    zh: '本系统没有设置单点登录。',
    en: 'No single sign-on is set up here.',
  },
  'rights.not-yours': {
    status: 403,
    zh: '“{role}”无权进行这项操作。',
    en: 'A {role} has no right to do this.',
  },
  'rights.not-in-scope': {
    status: 403,
    zh: '这个服务令牌不包括此项操作。',
    en: 'This service token is not for that operation.',
  },
  'password.weak': { status: 422, zh: '{because}', en: '{because}' },
  'totp.there-already': {
    status: 409,
    zh: '已经设置了验证器。要换一个，请先移除现有的。',
    en: 'There is an authenticator already. To change it, remove that one first.',
  },
  'totp.code-wrong': {
    status: 422,
    zh: '验证码与刚才的密钥不符。请核对手机的时间后再输入一次。',
    en: 'The code does not belong to this secret. Check the time of your phone and type the next one.',
  },
  'passkey.refused': {
    status: 422,
    zh: '通行密钥未能保存：浏览器的回答不是对本站此次询问的。请重试。',
    en: 'The passkey was not kept: the browser did not answer what this site had asked. Try again.',
  },
  'passkey.needs-a-name': {
    status: 409,
    zh: '通行密钥只能在域名下使用，不能在 IP 地址下使用。请改用 {address} 打开。',
    en: 'A passkey belongs to a name, not to an IP address. Open {address} instead.',
  },
  'passkey.not-found': {
    status: 404,
    zh: '没有这个通行密钥。',
    en: 'There is no such passkey.',
  },
  'invitation.not-valid': {
    status: 404,
    zh: '这个链接无效：可能已经用过、已撤回或已过期。请向您机构的管理员索取新的链接。',
    en: 'This link does not hold: it may have been used, withdrawn or be too old. Ask your administrator for a new one.',
  },
  'invitation.address-taken': {
    status: 409,
    zh: '这个电子邮箱已有账户，或曾有已停用的账户。请使用另一邮箱。',
    en: 'This e-mail address has an account, or had one that was off-boarded. Use another.',
  },
  'invitation.not-found': {
    status: 404,
    zh: '没有这个待接受的邀请。',
    en: 'There is no such open invitation.',
  },
  'member.not-found': {
    status: 404,
    zh: '贵机构没有这个账户，或者它已停用。',
    en: 'Your organisation has no such account, or it was off-boarded.',
  },
  'member.yourself': {
    status: 409,
    zh: '不能对自己的账户进行这项操作。请由另一位管理员进行。',
    en: 'Not on your own account; another administrator has to do it.',
  },
  'member.no-such-role': {
    status: 422,
    zh: '这类机构没有“{role}”这一角色。',
    en: 'Organisations of this kind have no {role}.',
  },
  'token.not-found': {
    status: 404,
    zh: '没有这个有效的服务令牌。',
    en: 'There is no such service token in force.',
  },
  'token.no-such-scope': {
    status: 422,
    zh: '服务令牌不能包括：{scopes}。',
    en: 'A service token cannot be for {scopes}.',
  },
  'pilot.not-found': {
    status: 404,
    zh: '没有示例 {pilot}，或者其中没有文件 {file}。',
    en: 'There is no pilot {pilot}, or no file {file} in it.',
  },
  'case.not-found': {
    status: 404,
    zh: '没有案件 {case}，或者您无权查看。',
    en: 'There is no case {case}, or none that you may see.',
  },
  'case.no-evidence': {
    status: 404,
    zh: '案件 {case} 在本系统没有扫描证据。',
    en: 'This installation holds no scan evidence of case {case}.',
  },
  'document.not-found': {
    status: 404,
    zh: '案件 {case} 没有编号为 {document} 的材料，或者本系统不存有其内容。',
    en: 'Case {case} has no document {document}, or its bytes are not held here.',
  },
  'case.stale': {
    status: 412,
    zh: '案件 {case} 在您打开之后已有变化（您看到的是第 {seen} 项，现为第 {now} 项）：{changes}。请查看后再决定。',
    en: 'Case {case} has changed since you opened it (you saw no. {seen}, now it is no. {now}): {changes}. Look at it, then decide.',
  },
  'case.refused': { status: 409, zh: '{reason}', en: '{reason}' },
  'declaration.not-yours': {
    status: 403,
    zh: '申报的数据处理者（{declared}）不是您所在的机构（{own}）。',
    en: 'The handler declared ({declared}) is not your organisation ({own}).',
  },
  'draft.not-found': {
    status: 409,
    zh: '没有可供签发的拟稿 {draft}，或者案件在拟稿之后已有变化。请重新拟稿。',
    en: 'There is no draft {draft} to issue, or the case has changed since it was drafted. Draft it again.',
  },
  'draft.not-now': {
    status: 409,
    zh: '案件 {case} 的状态为“{status}”，此时不能拟制评估结果。',
    en: 'Case {case} is "{status}"; a result cannot be drafted now.',
  },
  'desk.not-found': {
    status: 404,
    zh: '没有 {no}，或者您无权查看。',
    en: 'There is no {no}, or none that you may see.',
  },
  'register.closed': {
    status: 404,
    zh: '“{office}”没有公开的登记簿。',
    en: 'There is no public register of "{office}".',
  },
  'desk.stale': {
    status: 412,
    zh: '{no} 在您打开之后已有变化（您看到的是第 {seen} 项，现为第 {now} 项）。请重新读取后再提交。',
    en: '{no} has changed since you opened it (you saw no. {seen}, now it is no. {now}). Read it again, then decide.',
  },
  'individual.not-kept-here': {
    status: 404,
    zh: '这里没有贵机构的个人请求登记。请在贵机构闸口所在的系统中办理。',
    en: 'No register of individuals’ requests of your organisation is kept here. Use the installation your gate works in.',
  },
  'individual.not-found': { status: 404, zh: '{reason}', en: '{reason}' },
  'individual.refused': { status: 409, zh: '{reason}', en: '{reason}' },
  'individual.does-not-fit': { status: 422, zh: '{reason}', en: '{reason}' },
  'desk.refused': { status: 409, zh: '{reason}', en: '{reason}' },
  'desk.does-not-fit': { status: 422, zh: '{reason}', en: '{reason}' },
  'institution.already': {
    status: 409,
    zh: '该机构已在重点领域名单中，编号 {no}。',
    en: 'This institution is on the programme already, as {no}.',
  },
  'figures.period': {
    status: 422,
    zh: '统计期间的末日 {to} 早于首日 {from}。请更正。',
    en: 'The period ends on {to}, before it begins on {from}. Correct it.',
  },
  'server.database': {
    status: 503,
    zh: '数据库没有应答。请稍后再试；已确认的内容不受影响。',
    en: 'The database does not answer. Try again later; what was confirmed is safe.',
  },
  'server.disk-full': {
    status: 503,
    zh: '服务器磁盘已满，没有写入任何内容；已确认的内容不受影响。请通知运维人员，稍后再试。',
    en: 'The server has no room left on its disk; nothing was written, and what was confirmed is safe. Tell whoever runs it, and try again later.',
  },
  'server.busy': {
    status: 503,
    zh: '此刻请求过多。请稍候再试；已确认的内容不受影响。',
    en: 'Too much is being asked at this moment. Try again shortly; what was confirmed is safe.',
  },
  'server.broke': {
    status: 500,
    zh: '服务器出了故障（编号 {id}）。此前确认的内容不受影响；请带上原来的 Idempotency-Key 再试。',
    en: 'Something broke (no. {id}). What was confirmed is safe; try again with the same Idempotency-Key.',
  },
} as const satisfies Record<string, Words & { readonly status: number }>

export type ProblemCode = keyof typeof problems
