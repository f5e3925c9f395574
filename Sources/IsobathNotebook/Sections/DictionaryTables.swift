// SPDX-License-Identifier: GPL-3.0-or-later

/// The data dictionary as tables.
let dictionaryTables: Section = { _ in
  [
    .markdown(
      "dictionary-heading",
      """
      ## Data dictionary

      Also in `dictionary.md`, to be read without running anything.
      """),
    .code(
      "dictionary-columns",
      #"""
      pd.set_option("display.max_colwidth", None)
      pd.DataFrame(dictionary["columns"]["records.csv"])
      """#),
    .code(
      "dictionary-measures", #"pd.DataFrame(dictionary["measures"])"#),
    .code(
      "dictionary-analyses", #"pd.DataFrame(dictionary["analyses"])"#),
  ]
}
