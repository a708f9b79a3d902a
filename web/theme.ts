import { theme } from 'antd'
import type { ThemeConfig } from 'antd'

/*
 * An office product: ink blue used sparingly, square-shouldered, dense tables, and no grey that a projector loses. Each
 * text colour has at least 4.5:1 on the ground it stands on (checked by axe in test/browser).
 */

const fontFamily =
  "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"

const shared: NonNullable<ThemeConfig['token']> = {
  fontFamily,
  fontFamilyCode: "ui-monospace, 'Cascadia Mono', Consolas, 'Noto Sans Mono CJK SC', monospace",
  fontSize: 15,
  borderRadius: 4,
  controlHeight: 36,
  wireframe: false,
  // Where a reader wants no motion its end is never told, and what leaves would stay (a button's "loading").
  motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  motionDurationMid: '0.1s',
  motionDurationSlow: '0.15s',
}

const light: ThemeConfig = {
  token: {
    ...shared,
    colorPrimary: '#17466e',
    colorInfo: '#17466e',
    colorLink: '#17528a',
    colorSuccess: '#1d6b3a',
    colorWarning: '#8a5300',
    colorError: '#b3261e',
    colorTextBase: '#1b2733',
    colorText: '#1b2733',
    colorTextSecondary: '#435261',
    colorTextTertiary: '#566573',
    colorTextQuaternary: '#5f6d7a',
    colorTextPlaceholder: '#5f6d7a',
    colorTextDescription: '#4a5966',
    colorTextDisabled: '#5f6d7a',
    colorBgLayout: '#f3f5f7',
    colorBorder: '#b4bfc9',
    colorBorderSecondary: '#dde3e8',
  },
}

const dark: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...shared,
    colorPrimary: '#6aa7dc',
    colorInfo: '#6aa7dc',
    colorLink: '#8cc0ee',
    colorSuccess: '#6fc38c',
    colorWarning: '#e0a852',
    colorError: '#f28b82',
    colorBgBase: '#12181e',
    colorBgLayout: '#0d1217',
    colorTextBase: '#e6ebf0',
    colorTextSecondary: '#b9c4ce',
    colorTextTertiary: '#a3b0bb',
    colorTextQuaternary: '#98a5b1',
    colorTextPlaceholder: '#98a5b1',
    colorTextDescription: '#b0bcc7',
    colorTextDisabled: '#98a5b1',
    colorTextLightSolid: '#0d1217',
  },
}

const components: NonNullable<ThemeConfig['components']> = {
  Table: { cellPaddingBlockSM: 7, cellPaddingInlineSM: 10, headerBorderRadius: 0 },
  Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
}

export function themeFor(scheme: 'light' | 'dark'): ThemeConfig {
  return { ...(scheme === 'dark' ? dark : light), components, hashed: false, cssVar: { key: 'tongguan' } }
}
