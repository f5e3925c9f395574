// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Reads configuration keys where they are used, and remembers which were.
///
/// A default applies only when a key is absent. `finish` refuses keys that were neither read nor are
/// known to be harmless: a switch that nobody looked at is a wrong number.
package final class ConfigReader: Sendable {
  /// The file, for messages.
  package let file: String
  private let values: [String: ConfigValue]
  private let prefix: String
  private let spelling: [String: String]
  private let read = Mutex<Set<String>>([])
  private let children = Mutex<[String: ConfigReader]>([:])

  /// - Parameters:
  ///   - values: keys as a family spells them, and their values.
  ///   - file: the file that they come from.
  ///   - prefix: what stands before a nested object's keys.
  ///   - spelling: how the file spells keys, where it spells them otherwise.
  package init(
    _ values: [String: ConfigValue], file: String, prefix: String = "",
    spelling: [String: String] = [:]
  ) {
    self.values = values
    self.file = file
    self.prefix = prefix
    self.spelling = spelling
  }

  private func value(_ key: String) -> ConfigValue? {
    read.withLock { _ = $0.insert(key) }
    return values[key]
  }

  /// A key as the file spells it, for messages.
  package func name(_ key: String) -> String { spelling[prefix + key] ?? prefix + key }

  private func required<T>(_ key: String, _ value: T?) throws(CheckpointError) -> T {
    guard let value else { throw .config(.missing(key: name(key)), path: file) }
    return value
  }

  private func typed<T>(
    _ key: String, _ expected: String, absentOrNull: Bool = false, _ convert: (ConfigValue) -> T?
  ) throws(CheckpointError) -> T? {
    guard let value = value(key), !(absentOrNull && value == .null) else { return nil }
    guard let converted = convert(value) else {
      throw .config(
        .wrongType(key: name(key), found: value.shown, expected: expected), path: file)
    }
    return converted
  }

  private static func whole(_ value: ConfigValue) -> Int? {
    if case .number(let number) = value { Int(exactly: number) } else { nil }
  }

  /// A whole number from 1 to 2³¹ − 1: sizes and counts.
  package func positiveInt(_ key: String, default absent: Int? = nil) throws(CheckpointError) -> Int
  {
    let found = try required(key, typed(key, "a whole number", ConfigReader.whole) ?? absent)
    guard found > 0, found <= Int(Int32.max) else {
      throw .config(
        .outOfRange(key: name(key), found: "\(found)", expected: "a positive size"), path: file)
    }
    return found
  }

  /// A number of blocks: a model's deepest, times ten.
  package func blockCount(_ key: String, default absent: Int? = nil) throws(CheckpointError) -> Int
  {
    let found = try positiveInt(key, default: absent)
    guard found <= 4096 else {
      throw .config(
        .outOfRange(key: name(key), found: "\(found)", expected: "at most 4096 blocks"), path: file)
    }
    return found
  }

  /// A whole number from 0 to 2³¹ − 1: indices.
  package func nonNegativeInt(_ key: String, default absent: Int) throws(CheckpointError) -> Int {
    let found = try typed(key, "a whole number", absentOrNull: true, ConfigReader.whole) ?? absent
    guard (0...Int(Int32.max)).contains(found) else {
      throw .config(
        .outOfRange(key: name(key), found: "\(found)", expected: "0 or more"), path: file)
    }
    return found
  }

  /// Any whole number; nil where the key is null, `absent` where there is none.
  package func index(_ key: String, default absent: Int?) throws(CheckpointError) -> Int? {
    guard let found = value(key) else { return absent }
    guard found != .null else { return nil }
    return try typed(key, "a whole number", ConfigReader.whole)
  }

  /// Whether a key is there and not null.
  package func has(_ key: String) -> Bool { (value(key) ?? .null) != .null }

  /// A finite number.
  package func double(
    _ key: String, default absent: Double? = nil
  ) throws(CheckpointError) -> Double {
    try required(
      key,
      typed(key, "a number") { value -> Double? in
        if case .number(let number) = value, number.isFinite { number } else { nil }
      } ?? absent)
  }

  /// A number above zero.
  package func positive(
    _ key: String, default absent: Double? = nil
  ) throws(CheckpointError) -> Double {
    let found = try double(key, default: absent)
    guard found > 0 else {
      throw .config(
        .outOfRange(key: name(key), found: "\(found)", expected: "a number above 0"), path: file)
    }
    return found
  }

  /// A norm's ε: above zero and below one.
  package func epsilon(_ key: String, default absent: Double) throws(CheckpointError) -> Float {
    let found = try positive(key, default: absent)
    guard found < 1 else {
      throw .config(
        .outOfRange(key: name(key), found: "\(found)", expected: "below 1"), path: file)
    }
    return Float(found)
  }

  package func bool(_ key: String, default absent: Bool? = nil) throws(CheckpointError) -> Bool {
    try required(
      key,
      typed(key, "true or false") { value -> Bool? in
        if case .bool(let flag) = value { flag } else { nil }
      } ?? absent)
  }

  package func string(
    _ key: String, default absent: String? = nil
  ) throws(CheckpointError) -> String {
    try required(
      key,
      typed(key, "a string") { value -> String? in
        if case .string(let text) = value { text } else { nil }
      } ?? absent)
  }

  /// A list of strings, nil when absent or null.
  package func strings(_ key: String) throws(CheckpointError) -> [String]? {
    try list(key, "a list of strings") { value -> String? in
      if case .string(let text) = value { text } else { nil }
    }
  }

  /// A list of finite numbers, nil when absent or null.
  package func doubles(_ key: String) throws(CheckpointError) -> [Double]? {
    try list(key, "a list of numbers") { value -> Double? in
      if case .number(let number) = value, number.isFinite { number } else { nil }
    }
  }

  /// A list of [list of strings, how often it is repeated], written out; nil when absent or null.
  package func repeated(_ key: String) throws(CheckpointError) -> [String]? {
    try list(key, "a list of [names, times]") { value -> [String]? in
      guard case .list(let pair) = value, pair.count == 2, case .list(let names) = pair[0],
        case .number(let number) = pair[1], let times = Int(exactly: number),
        (0...4096).contains(times), names.count <= 4096
      else { return nil }
      let texts = names.compactMap { if case .string(let text) = $0 { text } else { nil } }
      guard texts.count == names.count else { return nil }
      return Array(repeatElement(texts, count: times).joined())
    }?.flatMap { $0 }
  }

  private func list<T>(
    _ key: String, _ expected: String, _ convert: (ConfigValue) -> T?
  ) throws(CheckpointError) -> [T]? {
    try typed(key, expected, absentOrNull: true) { value in
      guard case .list(let values) = value else { return nil }
      let converted = values.compactMap(convert)
      return converted.count == values.count ? converted : nil
    }
  }

  /// Reads a key whose one supported value is `value`; anything else is refused by name.
  package func require(
    _ key: String, equals value: String, default absent: String? = nil
  ) throws(CheckpointError) {
    try refuse(key, try string(key, default: absent) == value, "'\(value)'")
  }

  package func require(
    _ key: String, equals value: Bool, default absent: Bool? = nil
  ) throws(CheckpointError) {
    try refuse(key, try bool(key, default: absent) == value, "\(value)")
  }

  private func refuse(
    _ key: String, _ holds: Bool, _ supported: String
  ) throws(CheckpointError) {
    guard !holds else { return }
    let found = values[key]?.shown ?? "absent"
    throw .config(.unsupported(key: name(key), found: found, supported: supported), path: file)
  }

  /// The object under a key, nil when absent or null; its own unread keys are errors too.
  package func nested(_ key: String) throws(CheckpointError) -> ConfigReader? {
    let found = try typed(key, "an object", absentOrNull: true) { value in
      if case .object(let members) = value { members } else { nil }
    }
    guard let found else { return nil }
    // Readers of the same object share what has been read of it.
    return children.withLock { children in
      if let child = children[key] { return child }
      let child = ConfigReader(
        found, file: file, prefix: prefix + key + ".", spelling: spelling)
      children[key] = child
      return child
    }
  }

  /// Marks keys as known to change nothing for this family.
  package func ignore(_ keys: String...) { read.withLock { $0.formUnion(keys) } }

  /// Refuses what nobody read. A null says nothing and is never unread.
  package func finish() throws(CheckpointError) {
    let unread = unreadKeys.sorted()
    guard unread.isEmpty else { throw .config(.unread(keys: unread), path: file) }
  }

  private var unreadKeys: [String] {
    let known = read.withLock { $0 }
    let mine = values.filter {
      $0.value != .null && !known.contains($0.key) && !HarmlessKeys.names.contains($0.key)
    }.keys.map(name)
    return mine + children.withLock { $0 }.values.flatMap(\.unreadKeys)
  }
}
