// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import Testing

/// The value of a measure of the catalog, by its id.
func value(_ id: String, _ spectrum: Spectrum) throws -> Double {
  let measure = try #require(measures.first { $0.id == id })
  let found = measure(spectrum)
  return try #require(found)
}
