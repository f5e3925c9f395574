// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// The step of training that a checkpoint was saved at, read from its names.
package enum StageStep {
  /// Words that a step follows, as trainers and hubs write them.
  private static let words = ["step", "checkpoint", "ckpt", "iter", "global_step"]

  /// The step that a run's names tell.
  ///
  /// The revision is asked first, then the model's name, then the run's folder: `step1000`,
  /// `step-0128`, `checkpoint-500`, `iter_0001000`. Without such a word, a name that holds one number
  /// alone counts as well: `0256`, `run-64`.
  ///
  /// - Returns: nil when no name has a step.
  package static func of(_ manifest: RunManifest, folder: String) -> Int? {
    let names = [
      manifest.subject.revision, manifest.subject.model,
      folder.split(separator: "/").last.map(String.init) ?? "",
    ].filter { !isCommit($0) }
    for name in names { if let step = afterWord(name) { return step } }
    for name in names { if let step = alone(name) { return step } }
    return nil
  }

  /// The number behind one of the words; the last one counts.
  static func afterWord(_ name: String) -> Int? {
    let text = name.lowercased()
    var found: (place: String.Index, step: Int)?
    for word in words {
      for range in text.ranges(of: word) {
        let rest = text[range.upperBound...].drop { "-_= ".contains($0) }
        guard let step = Int(rest.prefix(while: isDigit)) else { continue }
        if found.map({ $0.place < range.upperBound }) ?? true { found = (range.upperBound, step) }
      }
    }
    return found?.step
  }

  /// The number of a name that holds no other.
  static func alone(_ name: String) -> Int? {
    let numbers = name.split { !isDigit($0) }
    // "500k" and "1.4b" are sizes.
    let isSize = name.lowercased().ranges(of: #/[0-9][kmb]\b/#).isEmpty == false
    return numbers.count == 1 && !isSize ? Int(numbers[0]) : nil
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func isCommit(_ name: String) -> Bool {
    name.utf8.count == 40 && name.allSatisfy(\.isHexDigit)
  }
}
