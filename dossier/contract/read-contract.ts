import { charactersOf, readPaper, refusedPaper } from '../paper-text.ts'
import type { PaperParagraph, PaperText } from '../paper-text.ts'

export type ContractText = PaperText
export type ContractParagraph = PaperParagraph

/**
 * Reads a contract from .docx, text PDF or plain text (UTF-8 or GB 18030), in Chinese or English.
 *
 * @throws DossierInputError for a picture, an encrypted or overlong file, or what is no contract.
 */
export async function readContract(bytes: Uint8Array, what: string): Promise<ContractText> {
  const text = await readPaper(bytes, what, 'contract')
  const whole = text.paragraphs.map((one) => one.text).join('\n')
  const signs = contractSigns.filter((sign) => sign.test(whole)).length
  const characters = charactersOf(text)
  if (characters < 100 || signs < 3)
    throw refusedPaper('contract', 'not-a-contract', what, { zh: `${characters}字`, en: `${characters} characters` })
  return text
}

// What every contract has, in either language; three of them make one.
const contractSigns = [
  /合同|协议|agreement|contract/i,
  /甲方|乙方|双方|各方|当事人|part(y|ies)\b/i,
  /第[一二三四五六七八九十百\d]+条|article \d|clause \d|section \d|^\d+\.\s/im,
  /应当|不得|shall|must/i,
  /签署|签订|盖章|生效|signed|effective|hereby|in witness/i,
]
