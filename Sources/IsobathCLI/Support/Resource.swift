// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The files that ship with the command.
enum Resource {
  /// Where a file or folder is.
  ///
  /// - Throws: when the command was moved away from what it was built with.
  static func path(_ name: String) throws -> String {
    let path = Bundle.module.bundleURL.appending(path: name).path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure.Stop(
        message: "\(name) is missing beside the command; build it again", code: .unavailable)
    }
    return path
  }
}

/// The language models that ship inside: five sizes, stages of training, an over-fitted and a tuned
/// one; their README says how they were made.
enum SmallFamily {
  /// Where one of its folders or files is.
  static func path(_ name: String) throws -> String { try Resource.path("Family/\(name)") }
}
