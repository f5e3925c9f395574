// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Reads a processor's keys where they are used, and remembers which were.
///
/// A default applies when a key is absent or null, as in transformers. `finish` refuses keys that were
/// neither read nor are known to be harmless: a switch that nobody looked at is a wrong picture.
package struct ProcessorKeys {
  /// The file, for messages.
  let path: String
  /// Whose arithmetic is wanted.
  let backend: ImageBackend
  private let values: [String: JSON]
  private let prefix: String
  private var read: Set<String> = []

  /// Keys that change no pixel of one picture: bookkeeping, what is given back and where it is computed.
  private static let harmless: Set<String> = [
    "_valid_processor_keys", "auto_map", "data_format", "device", "disable_grouping",
    "feature_extractor_type", "image_processor_type", "image_seq_length", "input_data_format",
    "num_frames", "processor_class", "return_row_col_info", "return_tensors", "use_fast",
    "video_sampling",
    // Pictures are RGB when they arrive.
    "do_convert_rgb",
  ]

  init(
    _ json: JSON, path: String, backend: ImageBackend, prefix: String = ""
  ) throws(ImageError) {
    guard json.kind == .object else { throw .processor(.notAnObject, path: path) }
    self.path = path
    self.backend = backend
    self.prefix = prefix
    values = Dictionary(json.members.map { ($0.key, $0.value) }) { first, _ in first }
  }

  private mutating func value(_ key: String) -> JSON? {
    read.insert(key)
    return values[key].flatMap { $0.isNull ? nil : $0 }
  }

  private mutating func typed<T>(
    _ key: String, _ expected: String, _ convert: (JSON) -> T?
  ) throws(ImageError) -> T? {
    guard let value = value(key) else { return nil }
    guard let converted = convert(value) else {
      throw .processor(
        .wrongType(key: prefix + key, found: ProcessorKeys.shown(value), expected: expected),
        path: path)
    }
    return converted
  }

  private static func shown(_ value: JSON) -> String {
    switch value.kind {
    case .null: "null"
    case .bool: "\(value.bool ?? false)"
    case .number: value.double.map { "\($0)" } ?? "a number beyond float64"
    case .string: "'\((value.string ?? "").prefix(60))'"
    case .array: "a list of \(value.count)"
    case .object: "an object"
    }
  }

  /// Refuses a value.
  func refuse(_ key: String, _ found: String, supported: String) -> ImageError {
    .processor(.unsupported(key: prefix + key, found: found, supported: supported), path: path)
  }

  mutating func bool(_ key: String, default absent: Bool) throws(ImageError) -> Bool {
    try typed(key, "true or false", \.bool) ?? absent
  }

  mutating func string(_ key: String) throws(ImageError) -> String? {
    try typed(key, "a string", \.string)
  }

  /// A finite number.
  mutating func double(_ key: String, default absent: Double) throws(ImageError) -> Double {
    try typed(key, "a number", \.double) ?? absent
  }

  /// Three numbers; one stands for all.
  mutating func channels(
    _ key: String, default absent: [Double]
  ) throws(ImageError) -> [Double] {
    try typed(key, "a number or a list of three") { value in
      if let one = value.double { return [one, one, one] }
      let numbers = value.elements.compactMap(\.double)
      return numbers.count == 3 && value.count == 3 ? numbers : nil
    } ?? absent
  }

  /// A length in pixels: 1 to 65 536.
  mutating func length(_ key: String) throws(ImageError) -> Int? {
    let found = try typed(key, "a whole number") { value in value.double.flatMap(Int.init(exactly:))
    }
    guard let found else { return nil }
    guard (1...(1 << 16)).contains(found) else {
      throw .processor(
        .outOfRange(key: prefix + key, found: "\(found)", expected: "a length in pixels"),
        path: path)
    }
    return found
  }

  /// A whole number where the key holds one, nil where it holds an object or nothing.
  mutating func bareLength(_ key: String) throws(ImageError) -> Int? {
    guard let value = value(key), value.kind != .object else { return nil }
    return try length(key)
  }

  /// The object under a key; the caller finishes it.
  mutating func nested(_ key: String) throws(ImageError) -> ProcessorKeys? {
    guard let found = try typed(key, "an object", { $0.kind == .object ? $0 : nil }) else {
      return nil
    }
    return try ProcessorKeys(found, path: path, backend: backend, prefix: prefix + key + ".")
  }

  /// The filter; Pillow's number for it.
  mutating func resampling(default absent: Resampling) throws(ImageError) -> Resampling {
    guard let number = try typed("resample", "a whole number", \.int) else { return absent }
    guard let filter = Resampling(rawValue: number) else {
      throw refuse("resample", "\(number)", supported: "0 to 5")
    }
    if backend == .torchvision, filter == .box || filter == .hamming {
      throw refuse("resample", "\(number)", supported: "0 to 3 with torchvision's arithmetic")
    }
    return filter
  }

  /// Refuses what nobody read. A null says nothing and is never unread.
  func finish() throws(ImageError) {
    let unread = values.filter {
      !$0.value.isNull && !read.contains($0.key) && !ProcessorKeys.harmless.contains($0.key)
    }.keys.map { prefix + $0 }.sorted()
    guard unread.isEmpty else { throw .processor(.unread(keys: unread), path: path) }
  }
}
