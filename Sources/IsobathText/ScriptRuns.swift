// SPDX-License-Identifier: GPL-3.0-or-later

/// Runs of characters of a script, as SentencePiece tells scripts apart: Han, Hiragana and Katakana
/// are one; a space and what is not assigned in Unicode 9 belong to whatever stands before them.
struct ScriptRuns: Sendable {
  /// One group for each script.
  private let pattern: Pattern

  init() throws(TextError) {
    pattern = try Pattern(
      groups: ScriptRuns.names.map { "\\p{sc:\($0)}" }, name: "the scripts of Unicode")
  }

  /// Visits the runs of a piece; what stands before the first script is left out.
  func forEach(
    _ piece: UnsafeBufferPointer<UInt8>, _ memory: inout TextMemory,
    _ body: (Range<Int>) -> Void
  ) throws(TextError) {
    var last: Int?
    var start: Int?
    var at = 0
    while at < piece.count {
      let (value, length) = UTF8Scalar.at(piece, at)
      if let script = try script(value, &memory), script != last {
        if let start { body(start..<at) }
        (start, last) = (at, script)
      }
      at += length
    }
    if let start { body(start..<piece.count) }
  }

  /// The number of a character's script; nil where it goes with its neighbour.
  private func script(
    _ value: UInt32, _ memory: inout TextMemory
  ) throws(TextError) -> Int? {
    if value == 0x20 { return nil }
    if let known = memory.scripts[value] { return known < 0 ? nil : known }
    var found = -1
    if Scalars.isAssigned(value, by: (9, 0)) || (0xE000...0xF8FF).contains(value) {
      var bytes: [UInt8] = []
      UTF8Scalar.append(value, to: &bytes)
      found = try bytes.withUnsafeBufferPointer { bytes throws(TextError) in
        try pattern.group(of: bytes) ?? -1
      }
      let isJapanese = found == ScriptRuns.hiragana || found == ScriptRuns.katakana
      if isJapanese || value == 0x30FC { found = ScriptRuns.han ?? found }
    }
    memory.scripts[value] = found
    return found < 0 ? nil : found
  }

  private static let han = names.firstIndex(of: "Han")
  private static let hiragana = names.firstIndex(of: "Hiragana")
  private static let katakana = names.firstIndex(of: "Katakana")

  /// The scripts of Unicode 9.
  private static let names = [
    "Common", "Latin", "Greek", "Cyrillic", "Han", "Arabic", "Hebrew", "Devanagari", "Hangul",
    "Hiragana", "Katakana", "Thai", "Inherited", "Armenian", "Georgian", "Bengali", "Tamil",
    "Telugu", "Adlam", "Ahom",
    "Anatolian_Hieroglyphs", "Avestan", "Balinese", "Bamum", "Bassa_Vah", "Batak", "Bhaiksuki",
    "Bopomofo", "Brahmi", "Braille", "Buginese", "Buhid", "Canadian_Aboriginal", "Carian",
    "Caucasian_Albanian", "Chakma", "Cham", "Cherokee", "Coptic", "Cuneiform", "Cypriot", "Deseret",
    "Duployan", "Egyptian_Hieroglyphs", "Elbasan", "Ethiopic", "Glagolitic", "Gothic", "Grantha",
    "Gujarati", "Gurmukhi", "Hanunoo", "Hatran", "Imperial_Aramaic", "Inscriptional_Pahlavi",
    "Inscriptional_Parthian", "Javanese", "Kaithi", "Kannada", "Kayah_Li", "Kharoshthi", "Khmer",
    "Khojki", "Khudawadi", "Lao", "Lepcha", "Limbu", "Linear_A", "Linear_B", "Lisu", "Lycian",
    "Lydian", "Mahajani", "Malayalam", "Mandaic", "Manichaean", "Marchen", "Meetei_Mayek",
    "Mende_Kikakui", "Meroitic_Cursive", "Meroitic_Hieroglyphs", "Miao", "Modi", "Mongolian", "Mro",
    "Multani", "Myanmar", "Nabataean", "New_Tai_Lue", "Newa", "Nko", "Ogham", "Ol_Chiki",
    "Old_Hungarian", "Old_Italic", "Old_North_Arabian", "Old_Permic", "Old_Persian",
    "Old_South_Arabian", "Old_Turkic", "Oriya", "Osage", "Osmanya", "Pahawh_Hmong", "Palmyrene",
    "Pau_Cin_Hau", "Phags_Pa", "Phoenician", "Psalter_Pahlavi", "Rejang", "Runic", "Samaritan",
    "Saurashtra", "Sharada", "Shavian", "Siddham", "SignWriting", "Sinhala", "Sora_Sompeng",
    "Sundanese", "Syloti_Nagri", "Syriac", "Tagalog", "Tagbanwa", "Tai_Le", "Tai_Tham", "Tai_Viet",
    "Takri", "Tangut", "Thaana", "Tibetan", "Tifinagh", "Tirhuta", "Ugaritic", "Vai", "Warang_Citi",
    "Yi",
  ]
}
