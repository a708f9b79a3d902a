import { addChange, applyChanges, merge, valueAt } from '@tongguan/dossier/preparation/changes'
import type { Change, Elsewhere, Json, Merged } from '@tongguan/dossier/preparation/changes'
import type { Words } from '@tongguan/law'

/*
 *  change ──▶ pending ──a pause, or a field is left──▶ sent ──200──▶ kept by the server
 *                ▲                                       │412
 *                └──── merged with the others' revisions ┴──▶ conflicts: a person decides
 *
 * What is pending or sent is also kept by the browser, so that a closed window or an ended session loses nothing. What was
 * sent goes out again with the key and the revision of the first time, so that it is done once.
 */

/** What was sent and not answered yet. */
interface Sent {
  readonly key: string
  readonly seen: number
  readonly changes: readonly Change[]
}

/** What the browser keeps; `seen` is the revision that `pending` was made to, after `sent`. */
export interface Unsaved {
  readonly seen: number
  readonly sent: Sent | null
  readonly pending: readonly Change[]
}

export interface Revision {
  readonly n: number
  readonly by: string
  readonly at: string
  readonly key: string
  readonly changes: readonly Change[]
}

/** What the server answered to changes sent: kept, somebody was first, or it does not take them. */
export type Outcome =
  | { readonly saved: { readonly revision: number; readonly at: string } }
  | 'stale'
  | { readonly refused: Words }

/** The outside world of one declaration in preparation. */
export interface Ports {
  readonly send: (sent: Sent) => Promise<Outcome>
  readonly revisionsAfter: (n: number) => Promise<readonly Revision[]>
  readonly newKey: () => string
  /** Keeps what is not saved; `null` when everything is. */
  readonly keep: (unsaved: Unsaved | null) => void
}

export interface Shown {
  /** With what is not saved yet. */
  readonly tree: Json
  readonly revision: number
  readonly unsaved: boolean
  /** An instant, ISO 8601: when this page last saved. */
  readonly savedAt: string | null
  readonly conflicts: Merged['conflicts']
  readonly refused: Words | null
}

/** How long after the last key stroke changes are sent, in ms. */
const pause = 800

/** One person's work on one declaration in preparation: shows it changed at once, and saves it. */
export class Writing {
  readonly #ports: Ports
  readonly #listeners = new Set<() => void>()
  #tree: Json
  #revision: number
  #sent: Sent | null = null
  #pending: readonly Change[] = []
  #conflicts: Merged['conflicts'] = []
  #savedAt: string | null = null
  #refused: Words | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #shown: Shown

  constructor(now: { readonly tree: Json; readonly revision: number }, ports: Ports) {
    this.#ports = ports
    this.#tree = now.tree
    this.#revision = now.revision
    this.#shown = this.#show()
  }

  readonly shown = (): Shown => this.#shown

  readonly listen = (changed: () => void): (() => void) => {
    this.#listeners.add(changed)
    return () => this.#listeners.delete(changed)
  }

  /** Takes up what an earlier page could not save. */
  async resume(unsaved: Unsaved): Promise<void> {
    const all = await this.#ports.revisionsAfter(0)
    this.#tree = treeOf(all.slice(0, unsaved.seen))
    this.#revision = unsaved.seen
    this.#sent = unsaved.sent
    this.#pending = unsaved.pending
    if (unsaved.sent === null) this.#bring(all.slice(unsaved.seen))
    else if (all.length === unsaved.seen) await this.#send(unsaved.sent)
    else this.#bring(all.slice(unsaved.seen))
  }

  change(change: Change): void {
    this.#pending = addChange(this.#pending, change, applyChanges(this.#tree, this.#sent?.changes ?? []))
    this.#changed()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), pause)
  }

  /** Sends what is pending, unless something is on its way or waits for a decision. */
  async save(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#sent !== null || this.#pending.length === 0 || this.#conflicts.length > 0) return
    this.#sent = { key: this.#ports.newKey(), seen: this.#revision, changes: this.#pending }
    this.#pending = []
    this.#changed()
    await this.#send(this.#sent)
  }

  /** Takes over what others saved since, when nothing of mine is under way. */
  async catchUp(): Promise<void> {
    if (this.#shown.unsaved) return
    const seen = this.#revision
    const others = await this.#ports.revisionsAfter(seen)
    if (this.#revision === seen && this.#sent === null) this.#bring(others)
  }

  /** Ends the conflicts: those of mine that are kept are changes again. */
  decide(keepMine: readonly Change[]): void {
    this.#conflicts = []
    this.#pending = keepMine.reduce((pending, change) => addChange(pending, change, this.#tree), this.#pending)
    this.#changed()
    void this.save()
  }

  /** Gives up what the server does not take. */
  discard(): void {
    this.#pending = []
    this.#refused = null
    this.#changed()
  }

  async #send(sent: Sent): Promise<void> {
    const outcome = await this.#ports.send(sent)
    if (outcome === 'stale') {
      this.#bring(await this.#ports.revisionsAfter(sent.seen))
      return
    }
    this.#sent = null
    if ('refused' in outcome) {
      this.#pending = together(sent, this.#pending, this.#tree)
      this.#refused = outcome.refused
      this.#changed()
      return
    }
    this.#tree = applyChanges(this.#tree, sent.changes)
    this.#revision = outcome.saved.revision
    this.#savedAt = outcome.saved.at
    this.#refused = null
    this.#changed()
    await this.save()
  }

  /** Brings mine onto the revisions since; among them may be what was sent, its answer lost on the way. */
  #bring(since: readonly Revision[]): void {
    const arrived = since.find(({ key }) => key === this.#sent?.key)
    const others: readonly Elsewhere[] = since
      .filter((one) => one !== arrived)
      .flatMap(({ changes, by, at }) => changes.map((change) => ({ change, by, at })))
    const mine = arrived === undefined ? together(this.#sent, this.#pending, this.#tree) : this.#pending
    this.#tree = since.reduce((tree, { changes }) => applyChanges(tree, changes), this.#tree)
    this.#revision += since.length
    this.#savedAt = arrived?.at ?? this.#savedAt
    const merged = merge(mine, others)
    if (merged.conflicts.length === 0) {
      this.#sent = null
      this.#pending = merged.mine
      this.#changed()
      void this.save()
      return
    }
    // Until somebody has decided, the browser goes on keeping what it kept: mine, and the revision they were made to.
    this.#sent = null
    this.#pending = merged.mine
    this.#conflicts = merged.conflicts
    this.#publish()
  }

  #changed(): void {
    const saved = this.#sent === null && this.#pending.length === 0
    this.#ports.keep(
      saved ? null : { seen: this.#sent?.seen ?? this.#revision, sent: this.#sent, pending: this.#pending },
    )
    this.#publish()
  }

  #publish(): void {
    this.#shown = this.#show()
    for (const listener of this.#listeners) listener()
  }

  #show(): Shown {
    return {
      tree: applyChanges(this.#tree, [...(this.#sent?.changes ?? []), ...this.#pending]),
      revision: this.#revision,
      unsaved: this.#sent !== null || this.#pending.length > 0 || this.#conflicts.length > 0,
      savedAt: this.#savedAt,
      conflicts: this.#conflicts,
      refused: this.#refused,
    }
  }
}

/** Whether mine can simply be said again: both said what stands at one place, and that place is still there. */
export function canKeepMine({ mine, theirs }: Merged['conflicts'][number], tree: Json): boolean {
  const parent = mine.path.slice(0, Math.max(0, mine.path.lastIndexOf('.')))
  return mine.kind === 'set' && theirs.change.kind === 'set' && valueAt(tree, parent) !== undefined
}

function together(sent: Sent | null, pending: readonly Change[], tree: Json): readonly Change[] {
  return pending.reduce<readonly Change[]>((before, change) => addChange(before, change, tree), sent?.changes ?? [])
}

function treeOf(revisions: readonly Revision[]): Json {
  return revisions.reduce<Json>((tree, { changes }) => applyChanges(tree, changes), {})
}
