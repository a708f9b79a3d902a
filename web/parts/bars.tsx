/** Horizontal bars, drawn as SVG: the page's policy allows no library's inline styles, and a few bars need none. */
export function Bars(props: {
  readonly label: string
  /** `n` is null where the count is hidden: its bar is not drawn. */
  readonly bars: readonly { readonly text: string; readonly n: number | null; readonly shown: string }[]
}) {
  const { label, bars } = props
  const most = Math.max(1, ...bars.map(({ n }) => n ?? 0))
  const height = bars.length * rowHeight
  return (
    <svg className="bars" role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`}>
      {bars.map(({ text, n, shown }, index) => (
        <g key={text} transform={`translate(0 ${index * rowHeight})`}>
          <text x={textWidth - 8} y={17} textAnchor="end">
            {text.length > 16 ? `${text.slice(0, 15)}…` : text}
          </text>
          {n !== null && <rect x={textWidth} y={4} height={16} width={(barWidth * n) / most} />}
          <text x={textWidth + (n === null ? 0 : (barWidth * n) / most) + 6} y={17}>
            {shown}
          </text>
        </g>
      ))}
    </svg>
  )
}

const width = 560
const textWidth = 180
const barWidth = 300
const rowHeight = 26
