import type { Words } from '@tongguan/law'
import { html } from 'hono/html'
import { link, placesOf } from './page.ts'
import type { Page, Place, PublicPath } from './page.ts'

const says: Readonly<Record<Exclude<PublicPath, '/public'>, Words>> = {
  '/public/triage': {
    zh: '几个简短的问题，得到有条文依据的判断：走哪条路径、下一步做什么、需要多久、什么会改变结论。',
    en: 'A few short questions and an answer with its articles: which path, what comes next, how long it takes, what would change it.',
  },
  '/public/enquiry': {
    zh: '写下问题，由省级网信部门的咨询岗答复。可以带上刚才的回答。',
    en: "Write a question to the provincial office's enquiry desk. It can carry your answers along.",
  },
  '/public/interpretations': {
    zh: '主管部门已经公开的一般性解答，可以检索；每条都有版本、日期和条文。',
    en: 'General answers the office has published, to be searched; each with its version, date and articles.',
  },
  '/public/register': {
    zh: '经数据处理者书面同意公开的评估结果。',
    en: 'Results published with the written consent of the data handler.',
  },
  '/public/verify': {
    zh: '验证收到的一次放行：签名、许可、逐个文件、日志证明。在本机浏览器中进行，不上传任何内容。',
    en: 'Verify a release you received: signature, permit, each file, the proof of the log. It runs in your browser; nothing is uploaded.',
  },
}

export function homePage(place: Place): Page {
  const of = (words: Words) => words[place.language]
  return {
    at: '/public',
    title: { zh: '数据出境：先从这里开始', en: 'Data exports: start here' },
    body: html`${placesOf(place).map((one) =>
      one.path === '/public'
        ? ''
        : html`<div class="paper">
            <h2><a href="${link(place, one.path)}">${of(one)}</a></h2>
            <p>${of(says[one.path])}</p>
          </div>`,
    )}`,
  }
}
