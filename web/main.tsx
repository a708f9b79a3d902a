import { createRoot } from 'react-dom/client'
import { Portal } from './portal.tsx'
import { loadLanguage, preferredLanguage } from './language.tsx'
import './styles.css'
import './trusted-styles.ts'

const place = document.getElementById('portal')
if (place === null) throw new Error('index.html has no element "portal"')
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
createRoot(place).render(<Portal first={await loadLanguage(preferredLanguage())} nonce={nonce} />)
