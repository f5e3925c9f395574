// SPDX-License-Identifier: GPL-3.0-or-later

/// What can be wrong with the pickle in a PyTorch checkpoint; offsets count from its first byte.
package enum PickleProblem: Error, Equatable, Sendable {
  case opcode(String, at: Int)
  case `protocol`(Int)
  case global(String, at: Int)
  case call(String, what: String, at: Int)
  case pastEnd(at: Int)
  case trailing(bytes: Int)
  case operand(String, found: String, expected: String, at: Int)
  case emptyStack(String, at: Int)
  case memo(Int, at: Int)
  case notUTF8(at: Int)
  case largeNumber(at: Int)
  case limit(String, most: Int, at: Int)

  /// Whether the pickle is broken; otherwise it is sound, and no plain table of tensors.
  var isDamage: Bool {
    switch self {
    case .opcode, .protocol, .global, .limit, .largeNumber: false
    default: true
    }
  }
}

extension PickleProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .opcode(let name, let at):
      "the pickle's instruction \(name) at byte \(at) is none that tensors need, and nothing in a file "
        + "is ever run; if you trust the file, load it in torch and save the model's state_dict()"
    case .protocol(let found):
      "pickle protocol \(found) is not read; save with torch.save's default, protocol 2"
    case .global(let name, let at):
      "the pickle asks for '\(name)' at byte \(at), which is no part of a tensor, and nothing in a "
        + "file is ever run; if you trust the file, load it in torch and save the model's "
        + "state_dict()"
    case .call(let name, let what, let at): "'\(name)' at byte \(at) of the pickle \(what)"
    case .pastEnd(let at): "the pickle ends inside the instruction at byte \(at)"
    case .trailing(let bytes): "\(bytes) bytes follow the pickle's end"
    case .operand(let opcode, let found, let expected, let at):
      "\(opcode) at byte \(at) of the pickle works on \(found) where \(expected) is expected"
    case .emptyStack(let opcode, let at):
      "\(opcode) at byte \(at) of the pickle takes more than there is"
    case .memo(let index, let at):
      "byte \(at) of the pickle recalls number \(index), which was never kept"
    case .notUTF8(let at): "a text at byte \(at) of the pickle is not UTF-8"
    case .largeNumber(let at): "a number at byte \(at) of the pickle has more than 64 bits"
    case .limit(let what, let most, let at):
      "at byte \(at) the pickle has more than \(most) \(what), the most that are read"
    }
  }
}
