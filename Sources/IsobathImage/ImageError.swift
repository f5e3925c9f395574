// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// What can be wrong with an image or with the description of how it is processed.
package enum ImageError: Error, Equatable, Sendable {
  /// Nothing is at this path.
  case missing(path: String)
  /// The system refused to open or read a file.
  case unreadable(path: String, reason: String)
  /// A file that is no image, or an image of a kind that is not read.
  case notRead(path: String, kind: String, advice: String)
  case fileTooLarge(path: String, bytes: Int, limit: Int)
  /// More pixels than are decoded.
  case tooManyPixels(path: String, width: Int, height: Int, limit: Int)
  /// The decoder refused what the file holds.
  case damaged(path: String, format: ImageFormat, reason: String)
  /// A picture that a processor would blow up beyond what is made.
  case resultTooLarge(path: String, size: ImageSize, limit: Int)
  case json(JSONError, path: String)
  case processor(ProcessorProblem, path: String)
  /// The encoder refused.
  case notWritten(reason: String)
}

extension ImageError: CustomStringConvertible {
  /// One line, whatever the names in the file hold.
  package var description: String { sentence.oneLine }

  private var sentence: String {
    switch self {
    case .missing(let path): "\(path): not found; check the path"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .notRead(let path, let kind, let advice): "\(path): this is \(kind); \(advice)"
    case .fileTooLarge(let path, let bytes, let limit):
      "\(path): \(bytes) bytes are over the limit of \(limit); make the image smaller"
    case .tooManyPixels(let path, let width, let height, let limit):
      "\(path): \(width) × \(height) pixels are over the limit of \(limit); make the image smaller"
    case .damaged(let path, let format, let reason):
      "\(path): damaged or unsupported \(format) file: \(reason); get the file again or convert it to PNG"
    case .resultTooLarge(let path, let size, let limit):
      "\(path): the image processor makes \(size) pixels of it, over the limit of \(limit); crop the image"
    case .json(let error, let path): "\(path): not valid JSON: \(error)"
    case .processor(let problem, let path): "\(path): \(problem)"
    case .notWritten(let reason): "the picture cannot be written as PNG: \(reason)"
    }
  }
}

/// What can be wrong with a processor's description.
package enum ProcessorProblem: Error, Equatable, Sendable {
  case notAnObject
  case missing(key: String)
  case wrongType(key: String, found: String, expected: String)
  case outOfRange(key: String, found: String, expected: String)
  case unsupported(key: String, found: String, supported: String)
  case unread(keys: [String])
}

extension ProcessorProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAnObject: "the image processor's description is not a JSON object"
    case .missing(let key): "the image processor needs '\(key)', which the file does not say"
    case .wrongType(let key, let found, let expected):
      "'\(key)' is \(found) where \(expected) is expected"
    case .outOfRange(let key, let found, let expected): "'\(key)' is \(found), expected \(expected)"
    case .unsupported(let key, let found, let supported):
      "'\(key)' = \(found) is not supported (supported: \(supported)); pictures would be wrong"
    case .unread(let keys):
      "the file says \(keys.map { "'\($0)'" }.joined(separator: ", ")), which this image processor "
        + "does not know; pictures could be wrong, so it is refused"
    }
  }
}
