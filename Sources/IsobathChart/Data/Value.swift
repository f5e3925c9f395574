// SPDX-License-Identifier: GPL-3.0-or-later

/// What a channel reads from a row: a number, a name, or nothing.
package enum Value: Sendable, Hashable {
  /// A finite number.
  case number(Double)
  case name(String)
  /// No value: lines break here, cells are hatched.
  case missing
}

/// A type that a channel may return; `\.depth` works for a `Double`, an `Int?` or a `String`.
package protocol ChannelValue {
  var channelValue: Value { get }
}

/// Reads one channel of a row: a key path or a closure.
package typealias Channel<Row> = (Row) -> any ChannelValue

extension Value: ChannelValue {
  package var channelValue: Value { self }
}

extension Double: ChannelValue {
  /// NaN and the infinities have no place on an axis: they are missing.
  package var channelValue: Value { isFinite ? .number(self) : .missing }
}

extension Int: ChannelValue {
  package var channelValue: Value { .number(Double(self)) }
}

extension String: ChannelValue {
  package var channelValue: Value { .name(self) }
}

extension Optional: ChannelValue where Wrapped: ChannelValue {
  package var channelValue: Value { self?.channelValue ?? .missing }
}

extension Value {
  /// The number, when this is one.
  var number: Double? {
    if case .number(let number) = self { return number }
    return nil
  }
}
