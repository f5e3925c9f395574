// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels

/// How a tensor's elements are stored: in blocks of `elements` numbers that take `bytes` bytes.
package struct ElementType: Sendable, Equatable {
  package let name: String
  /// Elements per block; 1 for plain numbers.
  package let elements: Int
  /// Bytes per block.
  package let bytes: Int
  /// Blocks to float32; nil for a type that can be described and not be computed with.
  let convert: (@Sendable (UnsafeRawPointer, Int, UnsafeMutablePointer<Float>) -> Void)?

  package static func == (a: ElementType, b: ElementType) -> Bool { a.name == b.name }

  /// A type whose numbers Isobath can read.
  private static func known(
    _ name: String, _ elements: Int, _ bytes: Int,
    _ convert: @escaping @Sendable (UnsafeRawPointer?, Int, UnsafeMutablePointer<Float>?) -> Void
  ) -> ElementType {
    ElementType(name: name, elements: elements, bytes: bytes) { convert($0, $1, $2) }
  }

  /// A type that may stand in a file beside what is needed.
  static func other(_ name: String, _ bytes: Int) -> ElementType {
    ElementType(name: name, elements: 1, bytes: bytes, convert: nil)
  }

  package static let f32 = ElementType(name: "F32", elements: 1, bytes: 4) {
    source, count, target in
    UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: 4 * count)
  }
  package static let f16 = known("F16", 1, 2, isobath_from_f16)
  package static let bf16 = known("BF16", 1, 2, isobath_from_bf16)
  package static let f64 = known("F64", 1, 8, isobath_from_f64)
  package static let q4_0 = known("Q4_0", 32, 18, isobath_from_q4_0)
  package static let q4_1 = known("Q4_1", 32, 20, isobath_from_q4_1)
  package static let q5_0 = known("Q5_0", 32, 22, isobath_from_q5_0)
  package static let q5_1 = known("Q5_1", 32, 24, isobath_from_q5_1)
  package static let q8_0 = known("Q8_0", 32, 34, isobath_from_q8_0)
  package static let q2_K = known("Q2_K", 256, 84, isobath_from_q2_k)
  package static let q3_K = known("Q3_K", 256, 110, isobath_from_q3_k)
  package static let q4_K = known("Q4_K", 256, 144, isobath_from_q4_k)
  package static let q5_K = known("Q5_K", 256, 176, isobath_from_q5_k)
  package static let q6_K = known("Q6_K", 256, 210, isobath_from_q6_k)
  package static let iq4_NL = known("IQ4_NL", 32, 18, isobath_from_iq4_nl)
  package static let iq4_XS = known("IQ4_XS", 256, 136, isobath_from_iq4_xs)
  package static let mxfp4 = known("MXFP4", 32, 17, isobath_from_mxfp4)
  package static let nvfp4 = known("NVFP4", 64, 36, isobath_from_nvfp4)

  /// safetensors' names.
  static let safetensors: [String: ElementType] = [
    "F64": f64, "F32": f32, "F16": f16, "BF16": bf16, "BOOL": other("BOOL", 1),
    "U8": other("U8", 1),
    "I8": other("I8", 1), "U16": other("U16", 2), "I16": other("I16", 2), "U32": other("U32", 4),
    "I32": other("I32", 4), "U64": other("U64", 8), "I64": other("I64", 8),
    "F8_E4M3": other("F8_E4M3", 1), "F8_E5M2": other("F8_E5M2", 1),
  ]

  /// GGUF's numbers.
  static let gguf: [Int: ElementType] = [
    0: f32, 1: f16, 2: q4_0, 3: q4_1, 6: q5_0, 7: q5_1, 8: q8_0, 10: q2_K, 11: q3_K, 12: q4_K,
    13: q5_K, 14: q6_K, 20: iq4_NL, 23: iq4_XS, 24: other("I8", 1), 25: other("I16", 2),
    26: other("I32", 4), 27: other("I64", 8), 28: f64, 30: bf16, 39: mxfp4, 40: nvfp4,
  ]

  /// GGUF's types that exist and that Isobath does not read, for the message.
  static let unreadGGUF: [Int: String] = [
    9: "Q8_1", 15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S", 21: "IQ3_S",
    22: "IQ2_S", 29: "IQ1_M", 34: "TQ1_0", 35: "TQ2_0", 41: "Q1_0",
  ]
}
