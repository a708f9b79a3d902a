import type { Words } from '@tongguan/law'
import { html } from 'hono/html'
import type { Page, Place } from './page.ts'

export const verifyTitle: Words = { zh: '验证一次放行', en: 'Verify a release' }

/** The same verifier as one file, for a machine without this site; the build writes it beside the portal. */
export function offlineVerifier(language: keyof Words): string {
  return `tongguan-verify.${language}.html`
}

/** The page the verifier's script fills (web/verifier/main.ts). */
export function verifyPage(place: Place): Page {
  const of = (words: Words) => words[place.language]
  const file = offlineVerifier(place.language)
  return {
    at: '/public/verify',
    title: verifyTitle,
    script: '/verify.js',
    body: html`<div id="verifier">
        <noscript
          ><p>
            ${of({
              zh: '验证在本机浏览器中计算，需要启用 JavaScript。也可以使用命令行：tongguan verify。',
              en: 'Verifying is computed in this browser and needs JavaScript. Or use the command line: tongguan verify.',
            })}
          </p></noscript
        >
      </div>
      <h2>${of({ zh: '离线使用', en: 'Offline' })}</h2>
      <p>
        ${of({
          zh: '下载这一个文件，在没有网络的电脑上用浏览器打开，做同样的验证：',
          en: 'Download this one file and open it in a browser on a machine without a network; it verifies the same: ',
        })}<a href="/${file}" download="${file}">${file}</a>
      </p>
      <p class="hint">
        ${of({
          zh: '信任文件和它的指纹请从合同约定的途径取得。指纹的算法：文件的 SHA-256（sha256sum trust.json）。',
          en: 'Get the trust file and its fingerprint the way the contract says. The fingerprint is the SHA-256 of the file (sha256sum trust.json).',
        })}
      </p>`,
  }
}
