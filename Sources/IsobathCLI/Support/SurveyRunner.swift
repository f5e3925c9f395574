// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathForward
import IsobathJSON
import IsobathModel
import IsobathStudy
import IsobathText
import Synchronization

/// Runs a survey for a user: progress, signals, and the summary at the end.
struct SurveyRunner {
  private let options: SurveyOptions
  private let terminal: Terminal

  init(_ options: SurveyOptions, _ terminal: Terminal) {
    self.options = options
    self.terminal = terminal
  }

  @discardableResult
  func run(json: Bool) throws -> SurveyOutcome {
    let outcome = try survey()
    try tell(outcome, json: json)
    return outcome
  }

  /// The survey without its summary.
  func survey() throws -> SurveyOutcome {
    let resume = "the same command goes on from here"
    let interruption = Interruption { [terminal] in
      terminal.say("\nisobath: finishing the batch in hand; again to stop at once")
    }
    let narrator = SurveyNarrator(terminal)
    let outcome: SurveyOutcome
    do {
      outcome = try Survey(options) { narrator.hear($0) }(
        shouldStop: { interruption.isRequested })
    } catch TextError.table(_, .stopped) {
      terminal.say("stopped while the texts were read; nothing was written")
      throw ExitStatus(code: interruption.exitCode)
    }
    narrator.finish()
    guard outcome.isComplete else {
      terminal.say(
        "stopped after \(outcome.done) of \(outcome.documents) documents; \(resume)")
      throw ExitStatus(code: interruption.exitCode)
    }
    return outcome
  }

  private func tell(_ outcome: SurveyOutcome, json: Bool) throws {
    if json {
      let rate = outcome.seconds > 0 ? Double(outcome.tokens) / outcome.seconds : 0
      Terminal.output(
        JSONValue.object([
          ("run", .string(outcome.run)), ("folder", .string(outcome.folder)),
          ("documents", .int(outcome.documents)), ("tokens", .int(outcome.tokens)),
          ("seconds", .double(outcome.seconds)), ("tokens_per_second", .double(rate)),
          ("peak_bytes", .int(Machine.peakMemory)),
        ]).serialized(pretty: true))
      return
    }
    Terminal.output(try RunSummary(folder: outcome.folder).text)
    terminal.say("next: isobath report \(outcome.folder)")
  }
}

/// Ends the command with a code and no further word.
struct ExitStatus: Error {
  let code: Int32
}

/// Turns a survey's events into messages and a progress bar.
private final class SurveyNarrator: Sendable {
  private let terminal: Terminal
  private let bar = Mutex<(bar: ProgressBar, start: ContinuousClock.Instant)?>(nil)

  init(_ terminal: Terminal) { self.terminal = terminal }

  func hear(_ event: SurveyEvent) {
    switch event {
    case .opened(let loaded):
      let size = loaded.model.dimensions
      terminal.say(
        "\(loaded.name): \(loaded.model.family), \(size.blocks) blocks of width \(size.width), "
          + "\(Numbers.millions(loaded.model.parameters)) parameters, "
          + loaded.elementTypes.map(\.name).joined(separator: "/"))
    case .tokenized(let documents, let tokens, let notes):
      terminal.say("\(documents == 1 ? "1 document" : "\(documents) documents"), \(tokens) tokens")
      for note in notes.prefix(20) { terminal.say("note: \(note)") }
      if notes.count > 20 { terminal.say("note: \(notes.count - 20) more, all in run.json") }
    case .digesting(let bytes):
      if bytes > 1 << 30 { terminal.say("digesting \(ByteCount(bytes)) of weights …") }
    case .planned(let plan, let documents, let done):
      let where_ = plan.residency == .resident ? "in memory" : "streamed block by block"
      terminal.say(
        "weights \(where_), batches of up to \(plan.batchTokens) tokens, about "
          + "\(ByteCount(plan.peakBytes)) of memory")
      if done > 0 { terminal.say("resuming: \(done) of \(documents) documents are done") }
      let new = ProgressBar(total: documents, unit: "documents", terminal: terminal)
      bar.withLock { $0 = (new, .now) }
    case .progress(let documents, let tokens):
      guard let (bar, start) = bar.withLock({ $0 }) else { return }
      let spent = (ContinuousClock.now - start).components
      let seconds = Double(spent.seconds) + Double(spent.attoseconds) / 1e18
      let rate = seconds > 0 ? "\(Int(tokens / seconds)) tokens/s" : ""
      bar.update(documents, rate: rate)
    }
  }

  func finish() { bar.withLock { $0?.bar.finish() } }
}
