import { theme } from 'antd'
import { themeFor } from './theme.ts'

/** The theme's colours by the names styles.css uses for them. */
const names = {
  text: 'colorText',
  soft: 'colorTextSecondary',
  link: 'colorLink',
  accent: 'colorPrimary',
  'accent-ground': 'colorPrimaryBg',
  ground: 'colorBgLayout',
  paper: 'colorBgContainer',
  line: 'colorBorderSecondary',
  edge: 'colorBorder',
  late: 'colorError',
  near: 'colorWarning',
  good: 'colorSuccess',
} as const

/** Hands the theme's colours to the style sheet, so that they are written down once, in theme.ts. */
export function applyPalette(scheme: 'light' | 'dark'): void {
  const token = theme.getDesignToken(themeFor(scheme))
  for (const [name, key] of Object.entries(names)) document.documentElement.style.setProperty(`--${name}`, token[key])
}
